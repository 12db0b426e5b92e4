// `match` and `split`. The parts of a string that they give have no context, also when the string has one.
import { expectPlainString, expectString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { textOf } from "../value/string-context.ts";
import type { Lazy, NixString } from "../value/value.ts";
import { PosixRegex } from "./posix-regex.ts";
import { RegexError } from "./regex-error.ts";

export const regularExpressionBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "match",
    parameters: ["regex", "str"],
    doc: "The list of what the groups of a POSIX extended regular expression matched, if it matches the whole string; else null. A group without part in the match gives null.",
    run: (interpreter, _pos, regex: Lazy, str: Lazy) =>
      withRegex(interpreter, "match", regex, str, (compiled, subject) => compiled.match(textOf(subject)) ?? null),
  },
  {
    name: "split",
    parameters: ["regex", "str"],
    doc: "The parts of a string that a POSIX extended regular expression does not match, with a list of what its groups matched between each two.",
    run: (interpreter, _pos, regex: Lazy, str: Lazy) => withRegex(interpreter, "split", regex, str, splitString),
  },
];

function splitString(regex: PosixRegex, subject: NixString): readonly Lazy[] {
  const text = textOf(subject);
  const matches = regex.matchAll(text);
  if (matches.length === 0) return [subject];
  const parts: Lazy[] = [];
  let end = 0;
  for (const match of matches) {
    parts.push(text.slice(end, match.start), match.groups);
    end = match.end;
  }
  parts.push(text.slice(end));
  return parts;
}

function withRegex<Result>(
  interpreter: Interpreter,
  name: string,
  regex: Lazy,
  str: Lazy,
  use: (compiled: PosixRegex, subject: NixString) => Result,
): Result {
  const text = expectPlainString(
    interpreter,
    regex,
    noPos,
    `while evaluating the first argument passed to builtins.${name}`,
  );
  try {
    const compiled = PosixRegex.of(text);
    const purpose = `while evaluating the second argument passed to builtins.${name}`;
    return use(compiled, expectString(interpreter, str, noPos, purpose));
  } catch (error) {
    if (!(error instanceof RegexError)) throw error;
    const what = error.tooLarge ? "memory limit exceeded by" : "invalid";
    throw new NixError("eval", `${what} regular expression '${text}'`);
  }
}
