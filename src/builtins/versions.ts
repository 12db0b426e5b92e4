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
      return compareVersions(a, b);
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

const dot = 0x2e;
const dash = 0x2d;

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

function splitVersion(version: string): string[] {
  const components: string[] = [];
  for (let at = startOfComponent(version, 0); at < version.length; ) {
    const end = endOfComponent(version, at);
    components.push(version.slice(at, end));
    at = startOfComponent(version, end);
  }
  return components;
}

function startOfComponent(version: string, at: number): number {
  let start = at;
  for (; start < version.length; start++) {
    const code = version.charCodeAt(start);
    if (code !== dot && code !== dash) break;
  }
  return start;
}

function endOfComponent(version: string, start: number): number {
  const isNumber = isDigit(version.charCodeAt(start));
  let end = start + 1;
  for (; end < version.length; end++) {
    const code = version.charCodeAt(end);
    if (code === dot || code === dash || isDigit(code) !== isNumber) break;
  }
  return end;
}

function compareVersions(left: string, right: string): number {
  let i = startOfComponent(left, 0);
  let j = startOfComponent(right, 0);
  while (i < left.length || j < right.length) {
    const iEnd = i < left.length ? endOfComponent(left, i) : i;
    const jEnd = j < right.length ? endOfComponent(right, j) : j;
    const a = left.slice(i, iEnd);
    const b = right.slice(j, jEnd);
    if (a !== b) {
      if (isOlder(a, b)) return -1;
      if (isOlder(b, a)) return 1;
    }
    i = startOfComponent(left, iEnd);
    j = startOfComponent(right, jEnd);
  }
  return 0;
}

/** Numbers count as such, "pre" comes before everything, and letters before numbers (`2.3a` is older than `2.3.1`). */
function isOlder(a: string, b: string): boolean {
  const numberA = parseNumber(a);
  const numberB = parseNumber(b);
  if (numberA >= 0 && numberB >= 0) return numberA < numberB;
  if (a === "" && numberB >= 0) return true;
  if (a === "pre" && b !== "pre") return true;
  if (b === "pre") return false;
  if (numberB >= 0) return true;
  if (numberA >= 0) return false;
  return a < b;
}

const largestNumber = 2 ** 31 - 1;

/** -1 for text. Digits that make more than 31 bits are text, as in C++ Nix. */
function parseNumber(component: string): number {
  if (component === "" || !isDigit(component.charCodeAt(0))) return -1;
  let number = 0;
  for (let i = 0; i < component.length; i++) {
    number = number * 10 + component.charCodeAt(i) - 0x30;
    if (number > largestNumber) return -1;
  }
  return number;
}
