// The order in which the names of a program first appeared. C++ Nix numbers its symbols so and keeps attributes and
// formals sorted by those numbers: it is the order in which they are forced, compared and complained about.

/** So many single names wait at most. */
const longestQueue = 200_000;

/** Ranks names by their first appearance. One per evaluation, as names keep their ranks over all its sources. */
export class SymbolTable {
  private readonly ranks = new Map<string, number>();
  /** Names that have no rank yet because nobody asked for one, in order. */
  private waiting: (string | { readonly names: readonly string[] })[] = [];

  /** `predefined` are the names that come before those of any source. */
  constructor(predefined: readonly string[] = []) {
    for (const name of predefined) this.add(name);
  }

  /** Gives a name the next rank if it has none. */
  add(name: string): void {
    if (this.waiting.length > 0) this.waiting.push(name);
    else if (!this.ranks.has(name)) this.ranks.set(name, this.ranks.size);
    if (this.waiting.length > longestQueue) this.rankWaiting();
  }

  /** The same for many names, which are not looked at before somebody asks for a rank. */
  addAll(names: { readonly names: readonly string[] }): void {
    this.waiting.push(names);
  }

  /** All names in order. */
  get names(): readonly string[] {
    this.rankWaiting();
    return [...this.ranks.keys()];
  }

  private rankWaiting(): void {
    const { waiting } = this;
    if (waiting.length === 0) return;
    this.waiting = [];
    for (const one of waiting) {
      if (typeof one === "string") this.add(one);
      else for (const name of one.names) this.add(name);
    }
  }

  /** The rank of a name, which gets the next one if it has none. */
  rankOf(name: string): number {
    this.rankWaiting();
    let rank = this.ranks.get(name);
    if (rank === undefined) {
      rank = this.ranks.size;
      this.ranks.set(name, rank);
    }
    return rank;
  }

  /** The indices of the names in the order of their ranks. */
  order(names: readonly string[]): readonly number[] {
    const ranks = names.map((name) => this.rankOf(name));
    return names.map((_, index) => index).sort((a, b) => (ranks[a] as number) - (ranks[b] as number));
  }
}
