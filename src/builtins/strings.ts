// Builtins on strings and on paths as text. Strings are bytes: lengths and positions count bytes, not characters.
import { ContextCollector, coerceToPath, coerceToString } from "../evaluator/coerce.ts";
import { expectInt, expectList, expectString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { dirName } from "../evaluator/path.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { ContextString, contextOf, stringWithContext, textOf } from "../value/string-context.ts";
import { force } from "../value/thunk.ts";
import { type Lazy, NixPath, type NixString, type Value } from "../value/value.ts";

const anyText = { coerceMore: true, copyToStore: false };
const pathText = { copyToStore: false };

export const stringBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "toString",
    parameters: ["e"],
    doc: 'A value as a string: numbers in decimal, `true` as "1", `false` and `null` as "", the items of a list separated by spaces, a path or a set with `outPath` or `__toString` as what it stands for.',
    global: true,
    run: (interpreter, _pos, value: Lazy) => {
      if (typeof value === "string" || value instanceof ContextString) return value;
      interpreter.enterCall(noPos);
      const forced = force(value);
      interpreter.callDepth--;
      if (typeof forced === "number") return String(forced);
      if (typeof forced === "string" || forced instanceof ContextString) return forced;
      const purpose = "while evaluating the first argument passed to builtins.toString";
      return collected((collector) => coerceToString(interpreter, value, noPos, collector, purpose, anyText));
    },
  },
  {
    name: "stringLength",
    parameters: ["e"],
    doc: "The number of bytes of a string.",
    run: (interpreter, _pos, value: Lazy) => {
      if (typeof value === "string" && interpreter.callDepth <= interpreter.maxCallDepth) return value.length;
      const purpose = "while evaluating the argument passed to builtins.stringLength";
      return coerceToString(interpreter, value, noPos, new ContextCollector(), purpose).length;
    },
  },
  {
    name: "substring",
    parameters: ["start", "len", "s"],
    doc: "The part of a string from byte `start` on, `len` bytes at most; a negative `len` means everything up to the end.",
    run: substring,
  },
  {
    name: "concatStringsSep",
    parameters: ["separator", "list"],
    doc: "The strings of a list joined, with a separator between each two.",
    run: concatStringsSep,
  },
  {
    name: "replaceStrings",
    parameters: ["from", "to", "s"],
    doc: "A string in which every occurrence of a string of `from` is replaced by the string at the same place in `to`. Of several that occur at one position the first in the list counts; only replacements that are used are evaluated.",
    run: replaceStrings,
  },
  {
    name: "baseNameOf",
    parameters: ["x"],
    doc: "What stands behind the last slash of a path or string; one slash at the end is left out of account.",
    global: true,
    run: (interpreter, _pos, value: Lazy) => {
      const purpose = "while evaluating the first argument passed to builtins.baseNameOf";
      return collected((collector) =>
        lastPart(coerceToString(interpreter, value, noPos, collector, purpose, pathText)),
      );
    },
  },
  {
    name: "dirOf",
    parameters: ["s"],
    doc: "What stands in front of the last slash: a path for a path, else a string (`.` when there is no slash).",
    global: true,
    run: (interpreter, _pos, value: Lazy) => {
      const forced = force(value);
      if (forced instanceof NixPath) return new NixPath(dirName(forced.path), forced.internal);
      const purpose = "while evaluating the first argument passed to 'builtins.dirOf'";
      return collected((collector) => {
        const text = coerceToString(interpreter, forced, noPos, collector, purpose, pathText);
        const slash = text.lastIndexOf("/");
        return slash < 0 ? "." : slash === 0 ? "/" : text.slice(0, slash);
      });
    },
  },
  {
    name: "toPath",
    parameters: ["s"],
    doc: "The canonical form of an absolute path, as a string. Deprecated: `/. + s` gives a path.",
    run: (interpreter, _pos, value: Lazy) => {
      const purpose = "while evaluating the first argument passed to builtins.toPath";
      return collected((collector) => coerceToPath(interpreter, value, noPos, collector, purpose).path);
    },
  },
];

/** A text with the contexts that are collected while it is made. */
function collected(make: (collector: ContextCollector) => string): NixString {
  const collector = new ContextCollector();
  const text = make(collector);
  return stringWithContext(text, collector.context);
}

function substring(interpreter: Interpreter, _pos: number, start: Lazy, length: Lazy, value: Lazy): Value {
  const from = expectInt(
    interpreter,
    start,
    noPos,
    "while evaluating the first argument (the start offset) passed to builtins.substring",
  );
  if (from < 0) throw new NixError("eval", "negative start position in 'substring'");
  const count = expectInt(
    interpreter,
    length,
    noPos,
    "while evaluating the second argument (the substring length) passed to builtins.substring",
  );
  // Without a length it is not coerced.
  if (count !== 0) interpreter.enterCall(noPos);
  const forced = force(value);
  if (count !== 0) interpreter.callDepth--;
  const end = count < 0 ? Number.POSITIVE_INFINITY : Number(from) + Number(count);
  if (typeof forced === "string") return forced.slice(Number(from), end);
  if (forced instanceof ContextString) {
    return new ContextString(forced.text.slice(Number(from), end), forced.context);
  }
  const purpose = "while evaluating the third argument (the string) passed to builtins.substring";
  return collected((collector) =>
    coerceToString(interpreter, forced, noPos, collector, purpose).slice(Number(from), end),
  );
}

function concatStringsSep(interpreter: Interpreter, _pos: number, separator: Lazy, list: Lazy): Value {
  const collector = new ContextCollector();
  const between = expectString(
    interpreter,
    separator,
    noPos,
    "while evaluating the first argument (the separator string) passed to builtins.concatStringsSep",
  );
  collector.add(contextOf(between));
  const items = expectList(
    interpreter,
    list,
    noPos,
    "while evaluating the second argument (the list of strings to concat) passed to builtins.concatStringsSep",
  );
  const purpose = "while evaluating one element of the list of strings to concat passed to builtins.concatStringsSep";
  const parts = new Array<string>(items.length);
  for (let i = 0; i < parts.length; i++) {
    parts[i] = coerceToString(interpreter, items[i] as Lazy, noPos, collector, purpose);
  }
  return stringWithContext(parts.join(textOf(between)), collector.context);
}

function replaceStrings(interpreter: Interpreter, _pos: number, from: Lazy, to: Lazy, value: Lazy): Value {
  const patterns = expectList(
    interpreter,
    from,
    noPos,
    "while evaluating the first argument passed to builtins.replaceStrings",
  );
  const replacements = expectList(
    interpreter,
    to,
    noPos,
    "while evaluating the second argument passed to builtins.replaceStrings",
  );
  if (patterns.length !== replacements.length) {
    throw new NixError("eval", "'from' and 'to' arguments passed to builtins.replaceStrings have different lengths");
  }
  const purpose = "while evaluating one of the strings to replace passed to builtins.replaceStrings";
  const table = new ReplacementTable(
    patterns.map((pattern) => textOf(expectString(interpreter, pattern, noPos, purpose))),
  );
  const subject = expectString(
    interpreter,
    value,
    noPos,
    "while evaluating the third argument passed to builtins.replaceStrings",
  );
  const collector = new ContextCollector();
  collector.add(contextOf(subject));
  const used: (string | undefined)[] = [];
  const replacementOf = (index: number): string => {
    let text = used[index];
    if (text === undefined) {
      const replacement = expectString(
        interpreter,
        replacements[index] as Lazy,
        noPos,
        "while evaluating one of the replacement strings passed to builtins.replaceStrings",
      );
      collector.add(contextOf(replacement));
      text = textOf(replacement);
      used[index] = text;
    }
    return text;
  };
  return stringWithContext(table.replaceIn(textOf(subject), replacementOf), collector.context);
}

/** The strings to look for, by the byte they begin with, in the order in which they count. */
class ReplacementTable {
  private readonly patterns: readonly string[];
  private readonly byFirst = new Array<number[] | undefined>(256).fill(undefined);
  /** Index of the first empty pattern, which occurs everywhere; later patterns never count. */
  private readonly empty: number;

  constructor(patterns: readonly string[]) {
    this.patterns = patterns;
    const empty = patterns.indexOf("");
    this.empty = empty < 0 ? patterns.length : empty;
    for (let index = 0; index < this.empty; index++) {
      const first = (patterns[index] as string).charCodeAt(0);
      const same = this.byFirst[first];
      if (same === undefined) this.byFirst[first] = [index];
      else same.push(index);
    }
  }

  replaceIn(text: string, replacementOf: (index: number) => string): string {
    const { patterns, byFirst, empty } = this;
    const hasEmpty = empty < patterns.length;
    const pieces: string[] = [];
    let copied = 0;
    for (let at = 0; at < text.length; ) {
      const candidates = byFirst[text.charCodeAt(at)];
      const index = candidates === undefined ? -1 : this.findAt(candidates, text, at);
      if (index >= 0) {
        if (at > copied) pieces.push(text.slice(copied, at));
        pieces.push(replacementOf(index));
        at += (patterns[index] as string).length;
        copied = at;
      } else {
        if (hasEmpty) {
          if (at > copied) pieces.push(text.slice(copied, at));
          pieces.push(replacementOf(empty));
          copied = at;
        }
        at++;
      }
    }
    if (copied === 0 && !hasEmpty) return text;
    pieces.push(text.slice(copied));
    if (hasEmpty) pieces.push(replacementOf(empty));
    return pieces.join("");
  }

  /** The first of the patterns that stands here; -1 for none. */
  private findAt(candidates: readonly number[], text: string, at: number): number {
    for (let i = 0; i < candidates.length; i++) {
      const index = candidates[i] as number;
      const pattern = this.patterns[index] as string;
      if (pattern.length === 1 || text.startsWith(pattern, at)) return index;
    }
    return -1;
  }
}

function lastPart(path: string): string {
  const text = path.length > 1 && path.endsWith("/") ? path.slice(0, -1) : path;
  return text.slice(text.lastIndexOf("/") + 1);
}
