// "Did you mean …?": names that are close to one that does not exist, chosen and ordered as C++ Nix does.

const maxDistance = 2;
const maxSuggestions = 5;

/** The candidates within two edits of the name, nearest first, then in byte order; at most five. */
export function suggestNames(candidates: Iterable<string>, name: string): string[] {
  const near: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of candidates) {
    if (Math.abs(candidate.length - name.length) > maxDistance) continue;
    const distance = editDistance(name, candidate);
    if (distance <= maxDistance) near.push({ candidate, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  return near.slice(0, maxSuggestions).map(({ candidate }) => candidate);
}

/** `Did you mean one of a, b or c?`, or nothing when there are no names. */
export function didYouMean(names: readonly string[]): string {
  if (names.length === 0) return "";
  const last = names.at(-1)!;
  const choice = names.length === 1 ? last : `one of ${names.slice(0, -1).join(", ")} or ${last}`;
  return `Did you mean ${choice}?`;
}

/** Levenshtein's distance in code units: insertions, deletions and substitutions. */
function editDistance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 0; i < from.length; i++) {
    const next = [i + 1];
    for (let j = 0; j < to.length; j++) {
      const substitution = from.charCodeAt(i) === to.charCodeAt(j) ? row[j]! : row[j]! + 1;
      next.push(Math.min(substitution, row[j + 1]! + 1, next[j]! + 1));
    }
    row = next;
  }
  return row[to.length]!;
}
