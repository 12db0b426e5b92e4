// Strings. They are byte strings, so lengths and positions count bytes; every result carries the contexts it came from.
import { ContextCollector, coerceToPath, coerceToString } from "../evaluator/coerce.ts";
import { expectInt, expectList, expectString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError } from "../source/nix-error.ts";
import type { Pos } from "../source/position.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { contextOf, stringWithContext, textOf } from "../value/string-context.ts";
import { force } from "../value/thunk.ts";
import { type Lazy, NixPath, type NixString, type Value } from "../value/value.ts";

export const stringBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "stringLength",
    parameters: ["e"],
    doc: "The number of bytes in a string.",
    run: (interpreter, pos, e: Lazy) => {
      const purpose = "while evaluating the argument passed to builtins.stringLength";
      return coerceToString(interpreter, e, pos, new ContextCollector(), purpose).length;
    },
  },
  {
    name: "substring",
    parameters: ["start", "len", "s"],
    doc: "Part of a string: from a byte, counted from 0, at most so many bytes; a negative length means up to the end.",
    run: (interpreter, pos, startLazy: Lazy, lengthLazy: Lazy, s: Lazy) => {
      const start = expectInt(
        interpreter,
        startLazy,
        pos,
        "while evaluating the first argument (the start offset) passed to builtins.substring",
      );
      const length = expectInt(
        interpreter,
        lengthLazy,
        pos,
        "while evaluating the second argument (the substring length) passed to builtins.substring",
      );
      if (start < 0) throw new NixError("eval", "negative start position in 'substring'", pos);
      const collector = new ContextCollector();
      const purpose = "while evaluating the third argument (the string) passed to builtins.substring";
      const text = coerceToString(interpreter, s, pos, collector, purpose);
      const from = Number(start);
      const part = length < 0 ? text.slice(from) : text.slice(from, from + Number(length));
      return stringWithContext(part, collector.context);
    },
  },
  {
    name: "concatStringsSep",
    parameters: ["separator", "list"],
    doc: "The strings of a list with a separator between them.",
    run: (interpreter, pos, separator: Lazy, list: Lazy) => {
      const sep = expectString(
        interpreter,
        separator,
        pos,
        "while evaluating the first argument (the separator string) passed to builtins.concatStringsSep",
      );
      const items = expectList(
        interpreter,
        list,
        pos,
        "while evaluating the second argument (the list of strings to concat) passed to builtins.concatStringsSep",
      );
      const collector = new ContextCollector();
      collector.add(contextOf(sep));
      const purpose =
        "while evaluating one element of the list of strings to concat passed to builtins.concatStringsSep";
      const parts = items.map((item) => coerceToString(interpreter, item, pos, collector, purpose));
      return stringWithContext(parts.join(textOf(sep)), collector.context);
    },
  },
  {
    name: "replaceStrings",
    parameters: ["from", "to", "s"],
    doc: "The string with every occurrence of a text of `from` replaced by the one at the same place of `to`.",
    run: replaceStrings,
  },
  {
    name: "toString",
    parameters: ["e"],
    doc: "The value as a string; lists are joined with spaces, true is 1, false and null are empty.",
    global: true,
    run: (interpreter, pos, e: Lazy) => {
      const collector = new ContextCollector();
      const purpose = "while evaluating the first argument passed to builtins.toString";
      const text = coerceToString(interpreter, e, pos, collector, purpose, { coerceMore: true, copyToStore: false });
      return stringWithContext(text, collector.context);
    },
  },
  {
    name: "baseNameOf",
    parameters: ["x"],
    doc: "The last part of a path or of a string that looks like one.",
    global: true,
    run: (interpreter, pos, x: Lazy) => {
      const collector = new ContextCollector();
      const purpose = "while evaluating the first argument passed to builtins.baseNameOf";
      const text = coerceToString(interpreter, x, pos, collector, purpose, { copyToStore: false });
      const end = text.length > 1 && text.endsWith("/") ? text.length - 1 : text.length;
      const start = text.lastIndexOf("/", end - 1) + 1;
      return stringWithContext(text.slice(start, end), collector.context);
    },
  },
  {
    name: "dirOf",
    parameters: ["s"],
    doc: "The folder of a path, as a path, or of a string, as a string.",
    global: true,
    run: (interpreter, pos, s: Lazy) => {
      const value = force(s, pos);
      if (value instanceof NixPath) return new NixPath(folderOf(value.path));
      const collector = new ContextCollector();
      const purpose = "while evaluating the first argument passed to 'builtins.dirOf'";
      const text = coerceToString(interpreter, value, pos, collector, purpose, { copyToStore: false });
      return stringWithContext(folderOf(text), collector.context);
    },
  },
  {
    name: "toPath",
    parameters: ["s"],
    doc: "An absolute path as a string, made canonical.",
    run: (interpreter, pos, s: Lazy) => {
      const collector = new ContextCollector();
      const purpose = "while evaluating the first argument passed to builtins.toPath";
      return stringWithContext(coerceToPath(interpreter, s, pos, collector, purpose).path, collector.context);
    },
  },
];

function folderOf(text: string): string {
  const slash = text.lastIndexOf("/");
  if (slash < 0) return ".";
  return slash === 0 ? "/" : text.slice(0, slash);
}

function replaceStrings(interpreter: Interpreter, pos: Pos, fromLazy: Lazy, toLazy: Lazy, s: Lazy): Value {
  const fromList = expectList(
    interpreter,
    fromLazy,
    pos,
    "while evaluating the first argument passed to builtins.replaceStrings",
  );
  const toList = expectList(
    interpreter,
    toLazy,
    pos,
    "while evaluating the second argument passed to builtins.replaceStrings",
  );
  if (fromList.length !== toList.length) {
    throw new NixError(
      "eval",
      "'from' and 'to' arguments passed to builtins.replaceStrings have different lengths",
      pos,
    );
  }
  const patterns = fromList.map((item) =>
    textOf(
      expectString(
        interpreter,
        item,
        pos,
        "while evaluating one of the strings to replace passed to builtins.replaceStrings",
      ),
    ),
  );
  const replacements: (NixString | undefined)[] = [];
  const whole = expectString(
    interpreter,
    s,
    pos,
    "while evaluating the third argument passed to builtins.replaceStrings",
  );
  const collector = new ContextCollector();
  collector.add(contextOf(whole));
  const text = textOf(whole);
  let result = "";
  for (let at = 0; at <= text.length; ) {
    const found = patterns.findIndex((pattern) => text.startsWith(pattern, at));
    if (found < 0) {
      if (at < text.length) result += text[at];
      at++;
      continue;
    }
    replacements[found] ??= expectString(
      interpreter,
      toList[found] as Lazy,
      pos,
      "while evaluating one of the replacement strings passed to builtins.replaceStrings",
    );
    const replacement = replacements[found] as NixString;
    collector.add(contextOf(replacement));
    result += textOf(replacement);
    const { length } = patterns[found] as string;
    if (length === 0) {
      if (at < text.length) result += text[at];
      at++;
    } else at += length;
  }
  return stringWithContext(result, collector.context);
}
