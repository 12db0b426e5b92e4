// Version numbers as text. A version is read as components: runs of digits, and runs of anything but digits, dots and
// dashes. Dots and dashes only separate.
import { expectPlainString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { noPos } from "../source/position.ts";
import { AttrSet, Shape } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import type { Lazy } from "../value/value.ts";

const nameShape = Shape.intern(["name", "version"]);

export const versionBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "compareVersions",
    parameters: ["s1", "s2"],
    doc: "-1, 0 or 1: whether the first version is older than the second, the same, or newer.",
    run: (interpreter, _pos, left: Lazy, right: Lazy) => {
      const a = expectPlainString(
        interpreter,
        left,
        noPos,
        "while evaluating the first argument passed to builtins.compareVersions",
      );
      const b = expectPlainString(
        interpreter,
        right,
        noPos,
        "while evaluating the second argument passed to builtins.compareVersions",
      );
      return compareVersions(splitVersion(a), splitVersion(b));
    },
  },
  {
    name: "parseDrvName",
    parameters: ["s"],
    doc: "Splits a name such as `hello-2.12` at the first dash that has no letter behind it.",
    run: (interpreter, _pos, lazy: Lazy) => {
      const text = expectPlainString(
        interpreter,
        lazy,
        noPos,
        "while evaluating the first argument passed to builtins.parseDrvName",
      );
      const dash = text.search(/-[^A-Za-z]/);
      return new AttrSet(nameShape, dash < 0 ? [text, ""] : [text.slice(0, dash), text.slice(dash + 1)]);
    },
  },
  {
    name: "splitVersion",
    parameters: ["s"],
    doc: "The components of a version, which is how compareVersions reads it.",
    run: (interpreter, _pos, lazy: Lazy) =>
      splitVersion(
        expectPlainString(
          interpreter,
          lazy,
          noPos,
          "while evaluating the first argument passed to builtins.splitVersion",
        ),
      ),
  },
];

function splitVersion(version: string): string[] {
  return version.match(/[0-9]+|[^0-9.-]+/g) ?? [];
}

function compareVersions(left: readonly string[], right: readonly string[]): number {
  const count = Math.max(left.length, right.length);
  for (let i = 0; i < count; i++) {
    const a = left[i] ?? "";
    const b = right[i] ?? "";
    if (isOlder(a, b)) return -1;
    if (isOlder(b, a)) return 1;
  }
  return 0;
}

/** Numbers count as such, "pre" comes before everything, and letters before numbers (`2.3a` is older than `2.3.1`). */
function isOlder(a: string, b: string): boolean {
  const numberA = parseNumber(a);
  const numberB = parseNumber(b);
  if (numberA !== undefined && numberB !== undefined) return numberA < numberB;
  if (a === "" && numberB !== undefined) return true;
  if (a === "pre" && b !== "pre") return true;
  if (b === "pre") return false;
  if (numberB !== undefined) return true;
  if (numberA !== undefined) return false;
  return a < b;
}

const largestNumber = 2 ** 31 - 1;

/** Digits that make more than 31 bits are text, as in C++ Nix. */
function parseNumber(component: string): number | undefined {
  if (!/^[0-9]/.test(component)) return undefined;
  const number = Number(component);
  return number <= largestNumber ? number : undefined;
}
