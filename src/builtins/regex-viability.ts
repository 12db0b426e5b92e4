// From which states, at which positions of a text, an automaton can still come to a match. Looked up before a branch is
// tried, it keeps a search from everything that cannot succeed, however many ways there are to fail.
import { type RegexProgram, stateCode } from "./regex-program.ts";

const maxWords = 2 ** 26;

export class Viability {
  /** A bit for every state, position after position. */
  private readonly bits: Uint32Array;
  private readonly width: number;

  private constructor(bits: Uint32Array, width: number) {
    this.bits = bits;
    this.width = width;
  }

  /** Of matches that reach the end of the text, or of any; undefined when it would take too much memory. */
  static of(program: RegexProgram, text: string, toEnd: boolean): Viability | undefined {
    const width = Math.ceil(program.codes.length / 32);
    const size = width * (text.length + 1);
    if (size > maxWords) return undefined;
    const bits = new Uint32Array(size);
    fill(bits, width, program, text, toEnd);
    return new Viability(bits, width);
  }

  /** The guards of repeats are left out of account: what is viable may fail, but what is not never succeeds. */
  has(state: number, at: number): boolean {
    return ((this.bits[at * this.width + (state >>> 5)]! >>> (state & 31)) & 1) === 1;
  }
}

/** From the end of the text to its start: what leads to a viable state is viable. */
function fill(bits: Uint32Array, width: number, program: RegexProgram, text: string, toEnd: boolean): void {
  const { codes, next, sets } = program;
  const predecessors = predecessorsOf(program);
  const accept = codes.indexOf(stateCode.accept);
  const textEnd = text.length;
  let after: number[] = [];
  for (let at = textEnd; at >= 0; at--) {
    const row = at * width;
    const viable: number[] = [];
    const add = (state: number): void => {
      const word = row + (state >>> 5);
      const bit = 1 << (state & 31);
      if ((bits[word]! & bit) !== 0) return;
      bits[word]! |= bit;
      viable.push(state);
    };
    if (!toEnd || at === textEnd) add(accept);
    const byte = text.charCodeAt(at);
    for (const state of after) {
      for (const before of predecessors[state]!) {
        if (codes[before] !== stateCode.bytes || next[before] !== state) continue;
        if (sets[program.arguments[before]!]![byte] === 1) add(before);
      }
    }
    for (let i = 0; i < viable.length; i++) {
      for (const before of predecessors[viable[i]!]!) {
        const code = codes[before];
        if (code === stateCode.bytes) continue;
        if ((code === stateCode.lineStart && at !== 0) || (code === stateCode.lineEnd && at !== textEnd)) continue;
        add(before);
      }
    }
    after = viable;
  }
}

function predecessorsOf({ codes, next, other }: RegexProgram): number[][] {
  const predecessors = Array.from(codes, (): number[] => []);
  for (const links of [next, other]) {
    for (const [state, target] of links.entries()) {
      if (target >= 0 && codes[state] !== stateCode.skip) predecessors[target]!.push(state);
    }
  }
  return predecessors;
}
