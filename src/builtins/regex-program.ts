// The automaton of a regular expression, with the states and the order of alternatives that libstdc++ gives it: the
// order decides what the groups hold.
import type { ByteSet } from "./regex-bracket.ts";
import type { RegexNode, RegexSyntax } from "./regex-syntax.ts";

/** What a state does; the numbers are stored in `RegexProgram.codes`. */
export const stateCode = {
  /** Goes on at `next`; only while building. */
  skip: 0,
  /** Takes one byte of `sets[argument]`. */
  bytes: 1,
  /** Tries `other`, then `next`, and prefers the longer match. */
  alternatives: 2,
  /** Tries `other`, and `next` only when that failed. */
  repeat: 3,
  /** A repeat that could run in place for ever: enters its body at most twice at one position. */
  guardedRepeat: 4,
  /** Remembers the position in slot `argument`. */
  slot: 5,
  lineStart: 6,
  lineEnd: 7,
  accept: 8,
} as const;

export interface RegexProgram {
  readonly start: number;
  readonly codes: Uint8Array;
  readonly next: Int32Array;
  readonly other: Int32Array;
  readonly arguments: Int32Array;
  readonly sets: readonly ByteSet[];
  readonly slotCount: number;
  /** Numbers the alternatives and repeats; -1 elsewhere. */
  readonly branches: Int32Array;
  readonly branchCount: number;
  /** For a repeat of one byte set, that set; elsewhere undefined. */
  readonly runs: readonly (ByteSet | undefined)[];
  /** For states in a loop that can run in place, a number for the outermost such loop; 0 elsewhere. */
  readonly regions: Int32Array;
  readonly guardCount: number;
}

interface Fragment {
  readonly start: number;
  /** The state whose `next` leads out. */
  readonly end: number;
}

export function compileRegex(syntax: RegexSyntax): RegexProgram {
  return new RegexCompiler(syntax).compile();
}

class RegexCompiler {
  private readonly syntax: RegexSyntax;
  private readonly codes: number[] = [];
  private readonly next: number[] = [];
  private readonly other: number[] = [];
  private readonly arguments: number[] = [];
  private readonly regions: number[] = [];
  private readonly sets: ByteSet[] = [];
  private readonly setNumbers = new Map<ByteSet, number>();
  private guardCount = 0;
  private regionCount: number;

  constructor(syntax: RegexSyntax) {
    this.syntax = syntax;
    this.regionCount = syntax.nodes.length;
  }

  compile(): RegexProgram {
    const { nodes, root, groupCount } = this.syntax;
    const isNullable = nullableNodes(nodes);
    const regionOf = loopRegions(nodes, isNullable);
    const fragments: Fragment[] = [];
    for (const node of nodes) fragments.push(this.build(node, fragments, isNullable, regionOf[node.id] as number));
    const first = this.slot(0, 0);
    const whole = fragments[root.id] as Fragment;
    const last = this.slot(1, 0);
    this.next[first] = whole.start;
    this.next[whole.end] = last;
    this.next[last] = this.add(stateCode.accept, 0, 0);
    this.skipSkips();
    return {
      start: first,
      codes: Uint8Array.from(this.codes),
      next: Int32Array.from(this.next),
      other: Int32Array.from(this.other),
      arguments: Int32Array.from(this.arguments),
      sets: this.sets,
      slotCount: 2 * (groupCount + 1),
      ...this.numberBranches(),
      runs: this.findRuns(),
      regions: Int32Array.from(this.regions),
      guardCount: this.guardCount,
    };
  }

  private add(code: number, argument: number, region: number, other = -1): number {
    this.next.push(-1);
    this.other.push(other);
    this.arguments.push(argument);
    this.regions.push(region);
    return this.codes.push(code) - 1;
  }

  private slot(slot: number, region: number): number {
    return this.add(stateCode.slot, slot, region);
  }

  private append(fragment: Fragment | undefined, more: Fragment): Fragment {
    if (fragment === undefined) return more;
    this.next[fragment.end] = more.start;
    return { start: fragment.start, end: more.end };
  }

  private single(code: number, argument: number, region: number): Fragment {
    const state = this.add(code, argument, region);
    return { start: state, end: state };
  }

  private build(
    node: RegexNode,
    fragments: readonly Fragment[],
    isNullable: readonly boolean[],
    region: number,
  ): Fragment {
    const of = (child: RegexNode) => fragments[child.id] as Fragment;
    switch (node.kind) {
      case "empty":
        return this.single(stateCode.skip, 0, region);
      case "bytes":
        return this.single(stateCode.bytes, this.numberOf(node.bytes), region);
      case "lineStart":
      case "lineEnd":
        return this.single(stateCode[node.kind], 0, region);
      case "sequence":
        return node.items.map(of).reduce((whole, item) => this.append(whole, item));
      case "alternatives":
        return node.options.map(of).reduce((left, right) => {
          const end = this.add(stateCode.skip, 0, region);
          this.next[left.end] = end;
          this.next[right.end] = end;
          const start = this.add(stateCode.alternatives, 0, region, left.start);
          this.next[start] = right.start;
          return { start, end };
        });
      case "group": {
        const begin = this.single(stateCode.slot, 2 * node.index, region);
        return this.append(this.append(begin, of(node.body)), this.single(stateCode.slot, 2 * node.index + 1, region));
      }
      case "repeat": {
        const isGuarded = region !== 0 && isNullable[node.body.id] === true;
        return this.repeat(node, of(node.body), isGuarded, region);
      }
    }
  }

  private repeat(node: RegexNode & { kind: "repeat" }, body: Fragment, isGuarded: boolean, region: number): Fragment {
    const addRepeat = (start: number) =>
      isGuarded
        ? this.add(stateCode.guardedRepeat, this.guardCount++, region, start)
        : this.add(stateCode.repeat, 0, region, start);
    const { min, max } = node;
    if (!node.copies) {
      const state = addRepeat(body.start);
      if (max === 1) {
        const end = this.add(stateCode.skip, 0, region);
        this.next[body.end] = end;
        this.next[state] = end;
        return { start: state, end };
      }
      this.next[body.end] = state;
      return { start: min === 0 ? state : body.start, end: state };
    }
    let whole = this.single(stateCode.skip, 0, region);
    for (let i = 0; i < min; i++) whole = this.append(whole, this.copy(body, region));
    if (max === Number.POSITIVE_INFINITY) {
      const copy = this.copy(body, region);
      const state = addRepeat(copy.start);
      this.next[copy.end] = state;
      return this.append(whole, { start: state, end: state });
    }
    const end = this.add(stateCode.skip, 0, region);
    for (let i = min; i < max; i++) {
      const copy = this.copy(body, region);
      const state = addRepeat(copy.start);
      this.next[state] = end;
      whole = this.append(whole, { start: state, end: copy.end });
    }
    return this.append(whole, { start: end, end });
  }

  /** A copy of every state that the fragment reaches before its end. Loops that are not in a region get their own. */
  private copy(fragment: Fragment, outerRegion: number): Fragment {
    const copies = new Map<number, number>();
    const regions = new Map<number, number>();
    const copyRegion = (region: number) => {
      if (region === outerRegion) return region;
      const known = regions.get(region) ?? ++this.regionCount;
      regions.set(region, known);
      return known;
    };
    const pending = [fragment.start];
    for (let state = pending.pop(); state !== undefined; state = pending.pop()) {
      if (copies.has(state)) continue;
      const code = this.codes[state] as number;
      const argument = code === stateCode.guardedRepeat ? this.guardCount++ : (this.arguments[state] as number);
      copies.set(state, this.add(code, argument, copyRegion(this.regions[state] as number)));
      if (this.other[state] !== -1) pending.push(this.other[state] as number);
      if (state !== fragment.end) pending.push(this.next[state] as number);
    }
    for (const [state, copy] of copies) {
      this.other[copy] = copies.get(this.other[state] as number) ?? -1;
      this.next[copy] = state === fragment.end ? -1 : (copies.get(this.next[state] as number) as number);
    }
    return { start: copies.get(fragment.start) as number, end: copies.get(fragment.end) as number };
  }

  private numberOf(bytes: ByteSet): number {
    let number = this.setNumbers.get(bytes);
    if (number === undefined) {
      number = this.sets.push(bytes) - 1;
      this.setNumbers.set(bytes, number);
    }
    return number;
  }

  private skipSkips(): void {
    for (const links of [this.next, this.other]) {
      for (let state = 0; state < links.length; state++) {
        let target = links[state] as number;
        while (target >= 0 && this.codes[target] === stateCode.skip) target = this.next[target] as number;
        links[state] = target;
      }
    }
  }

  private findRuns(): (ByteSet | undefined)[] {
    return this.codes.map((code, state) => {
      const body = this.other[state] as number;
      const isRun = code === stateCode.repeat && this.codes[body] === stateCode.bytes && this.next[body] === state;
      return isRun ? this.sets[this.arguments[body] as number] : undefined;
    });
  }

  private numberBranches(): { readonly branches: Int32Array; readonly branchCount: number } {
    let branchCount = 0;
    const branches = Int32Array.from(this.codes, (code) =>
      code === stateCode.alternatives || code === stateCode.repeat || code === stateCode.guardedRepeat
        ? branchCount++
        : -1,
    );
    return { branches, branchCount };
  }
}

/** Which nodes can match nothing; anchors can. */
export function nullableNodes(nodes: readonly RegexNode[]): boolean[] {
  const result: boolean[] = [];
  const isNullable = (node: RegexNode) => result[node.id] === true;
  for (const node of nodes) {
    switch (node.kind) {
      case "bytes":
        result.push(false);
        break;
      case "sequence":
        result.push(node.items.every(isNullable));
        break;
      case "alternatives":
        result.push(node.options.some(isNullable));
        break;
      case "group":
        result.push(isNullable(node.body));
        break;
      case "repeat":
        result.push(node.min === 0 || isNullable(node.body));
        break;
      default:
        result.push(true);
    }
  }
  return result;
}

/** For every node the outermost loop around it (or itself) that can run in place; 0 for none. */
function loopRegions(nodes: readonly RegexNode[], isNullable: readonly boolean[]): Int32Array {
  const regions = new Int32Array(nodes.length);
  for (const node of nodes.toReversed()) {
    const isLoop = node.kind === "repeat" && node.max === Number.POSITIVE_INFINITY && isNullable[node.body.id] === true;
    if (isLoop && regions[node.id] === 0) regions[node.id] = node.id + 1;
    for (const child of childrenOf(node)) regions[child.id] = regions[node.id] as number;
  }
  return regions;
}

export function childrenOf(node: RegexNode): readonly RegexNode[] {
  switch (node.kind) {
    case "sequence":
      return node.items;
    case "alternatives":
      return node.options;
    case "group":
    case "repeat":
      return [node.body];
    default:
      return [];
  }
}
