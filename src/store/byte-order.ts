// The order of byte strings in everything the store hashes: by code unit, which is by byte, never by locale.

/** For `sort`. */
export function compareBytes(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Up to here, V8's own sort costs more than it saves. */
const smallSort = 16;

/** Sorts an array in place. */
export function sortInPlace<Item>(items: Item[], compare: (a: Item, b: Item) => number): void {
  if (items.length > smallSort) {
    items.sort(compare);
    return;
  }
  for (let i = 1; i < items.length; i++) {
    const item = items[i] as Item;
    let j = i - 1;
    for (; j >= 0 && compare(items[j] as Item, item) > 0; j--) items[j + 1] = items[j] as Item;
    items[j + 1] = item;
  }
}

/** A sorted copy without duplicates. */
export function sortedUnique(texts: Iterable<string>): string[] {
  const sorted = [...texts];
  if (sorted.length < 2) return sorted;
  // The default order of `sort` is by code unit.
  if (sorted.length > smallSort) return [...new Set(sorted)].sort();
  sortInPlace(sorted, compareBytes);
  let count = 1;
  for (let i = 1; i < sorted.length; i++) {
    if (sorted[i] !== sorted[i - 1]) sorted[count++] = sorted[i] as string;
  }
  sorted.length = count;
  return sorted;
}
