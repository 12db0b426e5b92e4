// Names that one could have been meant by another: more generous than C++ Nix (source/suggestions.ts), since here the
// text around a suggestion says that it is a guess. Letter case, swapped letters and `-` for `_` count for little.

const maxNames = 4;

/** The candidates that are near a name, nearest first. */
export function nearNames(candidates: Iterable<string>, name: string): string[] {
  const limit = name.length <= 2 ? 1 : name.length <= 5 ? 2 : Math.min(4, Math.ceil(name.length / 3));
  const near: { readonly candidate: string; readonly distance: number }[] = [];
  for (const candidate of new Set(candidates)) {
    if (candidate === name || Math.abs(candidate.length - name.length) > limit) continue;
    const distance = distanceBetween(name, candidate);
    if (distance <= limit && distance < Math.max(name.length, candidate.length)) near.push({ candidate, distance });
  }
  near.sort((a, b) => a.distance - b.distance || (a.candidate < b.candidate ? -1 : 1));
  // One that is much nearer than the others is what was meant.
  const best = near[0]?.distance ?? 0;
  return near
    .filter(({ distance }) => distance <= best + 1)
    .slice(0, maxNames)
    .map(({ candidate }) => candidate);
}

function distanceBetween(a: string, b: string): number {
  const [plainA, plainB] = [plain(a), plain(b)];
  if (plainA === plainB) return 0.5;
  return Math.min(editDistance(a, b), editDistance(plainA, plainB) + 0.5);
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[-_]/g, "");
}

/** Insertions, deletions, substitutions and swaps of neighbours. */
function editDistance(from: string, to: string): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, column) => column);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const isSame = from[i - 1] === to[j - 1];
      let cost = Math.min(row[j - 1]! + (isSame ? 0 : 1), row[j]! + 1, next[j - 1]! + 1);
      const isSwap = i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1];
      if (isSwap) cost = Math.min(cost, before[j - 2]! + 1);
      next.push(cost);
    }
    before = row;
    row = next;
  }
  return row[to.length]!;
}

/** `'a'`, `'a' or 'b'`, `'a', 'b' or 'c'`. */
export function oneOf(names: readonly string[]): string {
  const quoted = names.map((name) => `'${name}'`);
  const last = quoted.at(-1) ?? "";
  return quoted.length <= 1 ? last : `${quoted.slice(0, -1).join(", ")} or ${last}`;
}

/** The names themselves when they are few, else how many there are. */
export function listed(names: readonly string[], most = 12): string {
  if (names.length === 0) return "none";
  if (names.length <= most) return names.join(", ");
  return `${names.slice(0, most).join(", ")} and ${names.length - most} more`;
}
