// POSIX extended regular expressions with the results of libstdc++'s std::regex, which C++ Nix uses: on bytes, the match
// leftmost and (nearly) longest, the groups those of the first way to it. Compiled expressions are kept.

import type { ByteSet } from "./regex-bracket.ts";
import { firstBytes, type NativeRegex, translateRegex } from "./regex-native.ts";
import { compileRegex, nullableNodes, type RegexProgram } from "./regex-program.ts";
import { RegexSearcher } from "./regex-search.ts";
import { parseRegex, type RegexSyntax } from "./regex-syntax.ts";

/** What a group matched; null when it had no part in the match. */
export type Captures = readonly (string | null)[];

export interface RegexMatch {
  readonly start: number;
  readonly end: number;
  readonly groups: Captures;
}

const maxNativeSteps = 2_000_000;
const maxKept = 4_096;
const kept = new Map<string, PosixRegex>();

export class PosixRegex {
  private readonly syntax: RegexSyntax;
  private readonly native: NativeRegex | undefined;
  private wholeText: RegExp | undefined;
  private search: RegExp | undefined;
  private compiled: RegexProgram | undefined;
  private starts: { readonly bytes: ByteSet | undefined } | undefined;

  private constructor(text: string) {
    this.syntax = parseRegex(text);
    this.native = translateRegex(this.syntax);
  }

  /** Compiles an expression (a byte string). Throws RegexError. */
  static of(text: string): PosixRegex {
    let regex = kept.get(text);
    if (regex === undefined) {
      regex = new PosixRegex(text);
      if (kept.size >= maxKept) kept.clear();
      kept.set(text, regex);
    }
    return regex;
  }

  /** The groups, when the expression matches the whole text. Throws RegexError when that would take too much memory. */
  match(text: string): Captures | undefined {
    const { native } = this;
    if (native !== undefined && isAffordable(native.factor, native.degree, text.length)) {
      this.wholeText ??= new RegExp(`^(?:${native.source})$`);
      const found = this.wholeText.exec(text);
      return found === null ? undefined : groupsOf(found);
    }
    const searcher = new RegexSearcher(this.program, text);
    return searcher.matchAt(0, true) ? slotGroups(searcher.best, text) : undefined;
  }

  /** All matches from left to right; after an empty one the next is not empty or starts a byte further. */
  matchAll(text: string): RegexMatch[] {
    const { native } = this;
    const isNative = native?.canSearch === true && isAffordable(native.factor, native.searchDegree, text.length);
    return isNative ? this.searchNative(native, text) : this.searchOwn(text);
  }

  private get program(): RegexProgram {
    this.compiled ??= compileRegex(this.syntax);
    return this.compiled;
  }

  /** The bytes that a match can begin with; undefined when it can be empty. */
  private get startBytes(): ByteSet | undefined {
    if (this.starts === undefined) {
      const { nodes, root } = this.syntax;
      const isNullable = nullableNodes(nodes);
      this.starts = { bytes: isNullable[root.id] ? undefined : firstBytes(nodes, isNullable)[root.id] };
    }
    return this.starts.bytes;
  }

  private searchNative(native: NativeRegex, text: string): RegexMatch[] {
    this.search ??= new RegExp(native.source, "g");
    const { search } = this;
    const matches: RegexMatch[] = [];
    search.lastIndex = 0;
    for (let found = search.exec(text); found !== null; found = search.exec(text)) {
      matches.push({ start: found.index, end: search.lastIndex, groups: groupsOf(found) });
    }
    return matches;
  }

  private searchOwn(text: string): RegexMatch[] {
    const searcher = new RegexSearcher(this.program, text);
    const matches: RegexMatch[] = [];
    let at = 0;
    while (this.findFrom(searcher, text, at)) {
      let { best } = searcher;
      let [start, end] = best as unknown as readonly [number, number];
      matches.push({ start, end, groups: slotGroups(best, text) });
      if (start < end) {
        at = end;
        continue;
      }
      if (end === text.length) break;
      at = end;
      if (searcher.matchAt(end, false, true)) {
        best = searcher.best;
        [start, end] = best as unknown as readonly [number, number];
        matches.push({ start, end, groups: slotGroups(best, text) });
        at = end;
      } else at++;
    }
    return matches;
  }

  private findFrom(searcher: RegexSearcher, text: string, from: number): boolean {
    const { startBytes } = this;
    for (let at = from; at <= text.length; at++) {
      if (startBytes !== undefined) {
        while (at < text.length && startBytes[text.charCodeAt(at)] === 0) at++;
        if (at === text.length) return false;
      }
      if (searcher.matchAt(at, false)) return true;
    }
    return false;
  }
}

function isAffordable(factor: number, degree: number, length: number): boolean {
  return degree === 1 || factor * (length + 1) ** degree <= maxNativeSteps;
}

function groupsOf(found: RegExpExecArray): Captures {
  const groups: (string | null)[] = [];
  for (let i = 1; i < found.length; i++) groups.push(found[i] ?? null);
  return groups;
}

function slotGroups(slots: Int32Array, text: string): Captures {
  const groups: (string | null)[] = [];
  for (let slot = 2; slot < slots.length; slot += 2) {
    const end = slots[slot + 1] as number;
    groups.push(end < 0 ? null : text.slice(slots[slot], end));
  }
  return groups;
}
