// Regular expressions that JavaScript's engine runs with the very result of libstdc++'s, and fast: most of those that
// programs use. Everything here is about proving that; what cannot be proven is left to regex-search.ts.
//
// The two differ where a repetition's body can be empty, where a group inside a repetition can be passed by (JavaScript
// forgets what it held), and, when searching, where two alternatives can begin with the same byte (libstdc++ takes the
// longer one). And JavaScript's engine backtracks: its time is bounded here by the length of the text to the power of
// the number of repetitions whose end is not determined by the next byte.
import type { ByteSet } from "./regex-bracket.ts";
import { childrenOf, nullableNodes } from "./regex-program.ts";
import type { RegexNode, RegexSyntax } from "./regex-syntax.ts";

export interface NativeRegex {
  /** Source of a RegExp without flags. */
  readonly source: string;
  /** Whether a search (not only a match of the whole text) gives the same result. */
  readonly canSearch: boolean;
  /** The time for a text of `n` bytes is `factor * n ** degree` at most; for a search, `searchDegree`. */
  readonly factor: number;
  readonly degree: number;
  readonly searchDegree: number;
}

const maxFactor = 64;
const maxSize = 2_000;

/** Undefined when the expression is left to our own engine. */
export function translateRegex({ nodes, root }: RegexSyntax): NativeRegex | undefined {
  if (nodes.length > maxSize || sizeOf(nodes) > maxSize) return undefined;
  const isNullable = nullableNodes(nodes);
  if (nodes.some((node) => node.kind === "repeat" && isNullable[node.body.id])) return undefined;
  const first = firstBytes(nodes, isNullable);
  const follow = followingBytes(nodes, first, isNullable);
  const places = placesOf(nodes);
  let canSearch = isNullable[root.id] === false;
  let factor = 1;
  let openEnds = 0;
  let hasInnerRepeat = false;
  for (const node of nodes) {
    const { inLoop, skippable, hasNext } = places[node.id] as Place;
    if (node.kind === "group" && skippable) return undefined;
    if (node.kind === "alternatives") {
      if (node.options.some((option) => isNullable[option.id])) canSearch = false;
      const starts = node.options.map((option) =>
        isNullable[option.id] ? union(first[option.id], follow[node.id]) : (first[option.id] as ByteSet),
      );
      if (areDisjoint(starts)) continue;
      if (inLoop) return undefined;
      canSearch = false;
      factor *= node.options.length;
    } else if (node.kind === "repeat") {
      const isTail = !inLoop && !hasNext && node.body.kind === "bytes";
      if (node.max === Number.POSITIVE_INFINITY && !isTail) hasInnerRepeat = true;
      if (node.min === node.max || areDisjoint([first[node.body.id] as ByteSet, follow[node.id] as ByteSet])) continue;
      if (inLoop) return undefined;
      if (node.max === Number.POSITIVE_INFINITY) openEnds++;
      else factor *= node.max - node.min + 1;
    }
    if (factor > maxFactor) return undefined;
  }
  return {
    source: sourceOf(nodes)[root.id] as string,
    canSearch,
    factor,
    degree: openEnds + 1,
    searchDegree: openEnds + (hasInnerRepeat ? 2 : 1),
  };
}

/** How many nodes the expression has when every counted repetition is written out. */
function sizeOf(nodes: readonly RegexNode[]): number {
  const sizes: number[] = [];
  for (const node of nodes) {
    const own = childrenOf(node).reduce((sum, child) => sum + (sizes[child.id] as number), 1);
    const copies = node.kind !== "repeat" ? 1 : node.max === Number.POSITIVE_INFINITY ? node.min + 1 : node.max;
    sizes.push(own * copies);
  }
  return sizes.at(-1) as number;
}

function union(...sets: readonly (ByteSet | undefined)[]): ByteSet {
  const all = new Uint8Array(256);
  for (const set of sets)
    if (set !== undefined) for (let byte = 0; byte < 256; byte++) all[byte]! |= set[byte] as number;
  return all;
}

function areDisjoint(sets: readonly ByteSet[]): boolean {
  for (let byte = 0; byte < 256; byte++) {
    let count = 0;
    for (const set of sets) count += set[byte] as number;
    if (count > 1) return false;
  }
  return true;
}

const nothing: ByteSet = new Uint8Array(256);

/** The bytes that each node can begin with. */
export function firstBytes(nodes: readonly RegexNode[], isNullable: readonly boolean[]): ByteSet[] {
  const first: ByteSet[] = [];
  for (const node of nodes) {
    if (node.kind === "bytes") first.push(node.bytes);
    else if (node.kind === "sequence") {
      const end = node.items.findIndex((item) => !isNullable[item.id]);
      const items = end < 0 ? node.items : node.items.slice(0, end + 1);
      first.push(union(...items.map((item) => first[item.id])));
    } else if (node.kind === "alternatives") first.push(union(...node.options.map((option) => first[option.id])));
    else if (node.kind === "group" || node.kind === "repeat") first.push(first[node.body.id] as ByteSet);
    else first.push(nothing);
  }
  return first;
}

/** The bytes that can come right after each node. */
function followingBytes(
  nodes: readonly RegexNode[],
  first: readonly ByteSet[],
  isNullable: readonly boolean[],
): ByteSet[] {
  const follow = new Array<ByteSet>(nodes.length).fill(nothing);
  for (const node of nodes.toReversed()) {
    let after = follow[node.id] as ByteSet;
    if (node.kind === "repeat" && node.max > 1) after = union(after, first[node.body.id]);
    for (const child of childrenOf(node).toReversed()) {
      follow[child.id] = after;
      if (node.kind === "sequence") {
        after = isNullable[child.id] ? union(after, first[child.id]) : (first[child.id] as ByteSet);
      }
    }
  }
  return follow;
}

interface Place {
  /** In a repetition that can run more than once. */
  readonly inLoop: boolean;
  /** Such a repetition can run without coming here. */
  readonly skippable: boolean;
  /** Something comes after it in the expression. */
  readonly hasNext: boolean;
}

function placesOf(nodes: readonly RegexNode[]): Place[] {
  const top: Place = { inLoop: false, skippable: false, hasNext: false };
  const places = new Array<Place>(nodes.length).fill(top);
  for (const node of nodes.toReversed()) {
    const { inLoop, skippable, hasNext } = places[node.id] as Place;
    const children = childrenOf(node);
    for (const [index, child] of children.entries()) {
      const isOptional = node.kind === "alternatives" || (node.kind === "repeat" && node.min === 0);
      const isLoop = node.kind === "repeat" && node.max > 1;
      places[child.id] = {
        inLoop: inLoop || isLoop,
        skippable: skippable || (inLoop && isOptional),
        hasNext: hasNext || isLoop || (node.kind === "sequence" && index < children.length - 1),
      };
    }
  }
  return places;
}

/** JavaScript's way of writing each node. */
function sourceOf(nodes: readonly RegexNode[]): string[] {
  const sources: string[] = [];
  const of = (node: RegexNode) => sources[node.id] as string;
  for (const node of nodes) {
    switch (node.kind) {
      case "empty":
        sources.push("");
        break;
      case "bytes":
        sources.push(bytesSource(node.bytes));
        break;
      case "lineStart":
        sources.push("^");
        break;
      case "lineEnd":
        sources.push("$");
        break;
      case "sequence":
        sources.push(node.items.map(of).join(""));
        break;
      case "alternatives":
        sources.push(node.options.map(of).join("|"));
        break;
      case "group":
        sources.push(`(${of(node.body)})`);
        break;
      case "repeat": {
        const body = node.body.kind === "repeat" ? `(?:${of(node.body)})` : of(node.body);
        const max = node.max === Number.POSITIVE_INFINITY ? "" : node.max;
        sources.push(`${body}{${node.min},${max}}`);
      }
    }
  }
  return sources;
}

function bytesSource(bytes: ByteSet): string {
  let source = "";
  for (let byte = 0; byte < 256; byte++) {
    if (bytes[byte] === 0) continue;
    const from = byte;
    while (bytes[byte + 1] === 1) byte++;
    source += from === byte ? escapeByte(byte) : `${escapeByte(from)}-${escapeByte(byte)}`;
  }
  return `[${source}]`;
}

function escapeByte(byte: number): string {
  return `\\x${byte.toString(16).padStart(2, "0")}`;
}
