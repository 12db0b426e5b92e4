// POSIX extended regular expressions as libstdc++'s std::regex reads them: text to a list of nodes. The surprises:
// escaping an ordinary character and every back-reference are errors, a `*` may follow a `*`, bytes of a range compare
// as signed, and the limit on automaton states is met while reading, before a later mistake is seen.

import { type ByteSet, parseBracket } from "./regex-bracket.ts";
import { RegexError } from "./regex-error.ts";

export type RegexNode = RegexPart & {
  /** Its place in `RegexSyntax.nodes`. */
  readonly id: number;
};

type RegexPart =
  | { readonly kind: "empty" }
  | { readonly kind: "bytes"; readonly bytes: ByteSet }
  | { readonly kind: "lineStart" }
  | { readonly kind: "lineEnd" }
  | { readonly kind: "sequence"; readonly items: readonly RegexNode[] }
  | { readonly kind: "alternatives"; readonly options: readonly RegexNode[] }
  | { readonly kind: "group"; readonly index: number; readonly body: RegexNode }
  | RegexRepeat;

interface RegexRepeat {
  readonly kind: "repeat";
  readonly body: RegexNode;
  readonly min: number;
  /** Infinity for an open end. */
  readonly max: number;
  /** `{m,n}`: every repetition is a copy of the body; `*`, `+` and `?` run the one body. */
  readonly copies: boolean;
}

export interface RegexSyntax {
  readonly root: RegexNode;
  /** Every node, children before parents, so that passes need no recursion. */
  readonly nodes: readonly RegexNode[];
  readonly groupCount: number;
}

const maxStates = 100_000;
const maxCount = 2 ** 31 - 1;
const special = ".[\\()*+?{|^$";

type Token =
  | "byte"
  | "any"
  | "bracket"
  | "lineStart"
  | "lineEnd"
  | "open"
  | "close"
  | "or"
  | "star"
  | "plus"
  | "optional"
  | "interval"
  | "end";

const tokenOfSpecial: Readonly<Record<string, Token>> = {
  ".": "any",
  "[": "bracket",
  "(": "open",
  ")": "close",
  "*": "star",
  "+": "plus",
  "?": "optional",
  "{": "interval",
  "|": "or",
  "^": "lineStart",
  $: "lineEnd",
};

/** A group being read, or the whole expression (index 0). */
interface OpenGroup {
  readonly index: number;
  /** The alternatives that are complete, and how many states they have together. */
  readonly options: RegexNode[];
  optionStates: number;
  items: RegexNode[];
  itemStates: number[];
}

/** Reads an expression (a byte string). Throws RegexError. */
export function parseRegex(text: string): RegexSyntax {
  return new RegexParser(text).parse();
}

const anyByte: ByteSet = new Uint8Array(256).fill(1, 1);
const singleBytes: (ByteSet | undefined)[] = [];

class RegexParser {
  private readonly text: string;
  private at = 0;
  private token: Token = "end";
  private byte = 0;
  private readonly nodes: RegexNode[] = [];
  private groupCount = 0;
  private states = 0;
  private readonly open: OpenGroup[] = [];

  constructor(text: string) {
    this.text = text;
  }

  parse(): RegexSyntax {
    this.openGroup(0);
    this.advance();
    for (;;) {
      const group = this.open.at(-1) as OpenGroup;
      switch (this.token) {
        case "lineStart":
        case "lineEnd":
          group.items.push(this.add({ kind: this.token }));
          group.itemStates.push(this.count(1));
          this.advance();
          continue;
        case "byte":
          this.addBytes(group, singleByte(this.byte));
          continue;
        case "any":
          this.addBytes(group, anyByte);
          continue;
        case "bracket": {
          const { bytes, end } = parseBracket(this.text, this.at);
          this.at = end;
          this.addBytes(group, bytes);
          continue;
        }
        case "open":
          this.advance();
          this.openGroup(++this.groupCount);
          continue;
        case "or":
          this.advance();
          this.finishOption(group);
          continue;
        case "close":
          if (group.index === 0) throw new RegexError();
          this.closeGroup();
          continue;
        case "end":
          if (group.index !== 0) throw new RegexError();
          return { root: this.finishGroup(), nodes: this.nodes, groupCount: this.groupCount };
        default:
          throw new RegexError();
      }
    }
  }

  /** Reads the next token; its errors come before those of what the current token means. */
  private advance(): void {
    const { text } = this;
    if (this.at >= text.length) {
      this.token = "end";
      return;
    }
    const character = text[this.at++] as string;
    if (character === "\\") {
      const escaped = text[this.at++];
      if (escaped === undefined || !special.includes(escaped)) throw new RegexError();
      this.token = "byte";
      this.byte = escaped.charCodeAt(0);
      return;
    }
    const token = tokenOfSpecial[character];
    if (token === undefined && character === "\0") throw new RegexError();
    this.token = token ?? "byte";
    this.byte = character.charCodeAt(0);
  }

  private count(states: number): number {
    this.states += states;
    if (this.states > maxStates) throw new RegexError(true);
    return states;
  }

  private add(part: RegexPart): RegexNode {
    const node: RegexNode = { ...part, id: this.nodes.length };
    this.nodes.push(node);
    return node;
  }

  /** Adds an atom whose token is the current one, and the quantifiers behind it. */
  private addBytes(group: OpenGroup, bytes: ByteSet): void {
    this.advance();
    this.addQuantified(group, this.add({ kind: "bytes", bytes }), this.count(1));
  }

  private addQuantified(group: OpenGroup, atom: RegexNode, atomStates: number): void {
    let node = atom;
    let states = atomStates;
    for (;;) {
      if (this.token === "star" || this.token === "plus") {
        const min = this.token === "star" ? 0 : 1;
        this.advance();
        states += this.count(1);
        node = this.add({ kind: "repeat", body: node, min, max: Number.POSITIVE_INFINITY, copies: false });
      } else if (this.token === "optional") {
        this.advance();
        states += this.count(2);
        node = this.add({ kind: "repeat", body: node, min: 0, max: 1, copies: false });
      } else if (this.token === "interval") {
        const [min, max] = this.readInterval();
        this.advance();
        const required = this.count(1 + min * states);
        if (max < min) throw new RegexError();
        states = required + this.count(max === Number.POSITIVE_INFINITY ? states + 1 : (max - min) * (states + 1) + 1);
        node = this.add({ kind: "repeat", body: node, min, max, copies: true });
      } else break;
    }
    group.items.push(node);
    group.itemStates.push(states);
  }

  /** `m}`, `m,}` or `m,n}`. */
  private readInterval(): readonly [min: number, max: number] {
    const interval = /(\d+)(?:(,)(\d*))?\}/y;
    interval.lastIndex = this.at;
    const found = interval.exec(this.text);
    if (found === null) throw new RegexError();
    this.at = interval.lastIndex;
    const min = Number(found[1]);
    const max = found[2] === undefined ? min : found[3] === "" ? Number.POSITIVE_INFINITY : Number(found[3]);
    if (min > maxCount || (max > maxCount && max !== Number.POSITIVE_INFINITY)) throw new RegexError();
    return [min, max];
  }

  private openGroup(index: number): void {
    this.count(1);
    this.open.push({ index, options: [], optionStates: 0, items: [], itemStates: [] });
  }

  private finishOption(group: OpenGroup): void {
    const { items } = group;
    const [first] = items;
    if (first === undefined) group.options.push(this.add({ kind: "empty" }));
    else group.options.push(items.length === 1 ? first : this.add({ kind: "sequence", items }));
    group.optionStates += group.itemStates.reduce((sum, own) => sum + own, this.count(1));
    if (group.options.length > 1) group.optionStates += this.count(2);
    group.items = [];
    group.itemStates = [];
  }

  private finishGroup(): RegexNode {
    const group = this.open.pop() as OpenGroup;
    this.finishOption(group);
    const { options } = group;
    return options.length === 1 ? (options[0] as RegexNode) : this.add({ kind: "alternatives", options });
  }

  private closeGroup(): void {
    const group = this.open.at(-1) as OpenGroup;
    const body = this.finishGroup();
    this.advance();
    this.count(1);
    this.addQuantified(
      this.open.at(-1) as OpenGroup,
      this.add({ kind: "group", index: group.index, body }),
      group.optionStates + 2,
    );
  }
}

function singleByte(byte: number): ByteSet {
  let bytes = singleBytes[byte];
  if (bytes === undefined) {
    bytes = new Uint8Array(256);
    bytes[byte] = 1;
    singleBytes[byte] = bytes;
  }
  return bytes;
}
