// The order of byte strings in everything the store hashes: by code unit, which is by byte, never by locale.

/** For `sort`. */
export function compareBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** A sorted copy without duplicates. */
export function sortedUnique(texts: Iterable<string>): string[] {
  // The default order of `sort` is by code unit.
  return [...new Set(texts)].sort();
}
