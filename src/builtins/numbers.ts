// Arithmetic, bits, rounding and order of numbers. `-`, `*`, `/` and `<` are calls of these too.
import { addition, division, multiplication, operate, subtraction } from "../evaluator/arithmetic.ts";
import { determinePos } from "../evaluator/call.ts";
import { isLess } from "../evaluator/comparison.ts";
import { expectFloat, expectInt } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import { formatSignificant } from "../value/float-format.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { force } from "../value/thunk.ts";
import { intFromBigInt, isInt, type Lazy, type NixFloat, type NixInt } from "../value/value.ts";

export const numberBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "add",
    parameters: ["e1", "e2"],
    doc: "The sum of two numbers.",
    run: (interpreter, _pos, left: Lazy, right: Lazy) => operate(interpreter, addition, left, right),
  },
  {
    name: "sub",
    parameters: ["e1", "e2"],
    doc: "The difference of two numbers.",
    run: (interpreter, _pos, left: Lazy, right: Lazy) => operate(interpreter, subtraction, left, right),
  },
  {
    name: "mul",
    parameters: ["e1", "e2"],
    doc: "The product of two numbers.",
    run: (interpreter, _pos, left: Lazy, right: Lazy) => operate(interpreter, multiplication, left, right),
  },
  {
    name: "div",
    parameters: ["e1", "e2"],
    doc: "The quotient of two numbers; that of two integers is cut off towards zero.",
    run: (interpreter, _pos, left: Lazy, right: Lazy) => operate(interpreter, division, left, right),
  },
  bitwise(
    "bitAnd",
    "The bitwise AND of two integers.",
    (a, b) => a & b,
    (a, b) => a & b,
  ),
  bitwise(
    "bitOr",
    "The bitwise OR of two integers.",
    (a, b) => a | b,
    (a, b) => a | b,
  ),
  bitwise(
    "bitXor",
    "The bitwise XOR of two integers.",
    (a, b) => a ^ b,
    (a, b) => a ^ b,
  ),
  {
    name: "ceil",
    parameters: ["number"],
    doc: "The smallest integer that is not less than the number.",
    run: (interpreter, _pos, number: Lazy) => round(interpreter, "ceil", number, Math.ceil),
  },
  {
    name: "floor",
    parameters: ["number"],
    doc: "The largest integer that is not greater than the number.",
    run: (interpreter, _pos, number: Lazy) => round(interpreter, "floor", number, Math.floor),
  },
  {
    name: "lessThan",
    parameters: ["e1", "e2"],
    doc: "Whether the first value is less than the second: numbers, strings, paths, and lists of them.",
    run: (interpreter, _pos, left: Lazy, right: Lazy) => isLess(interpreter, left, right, noPos, ""),
  },
];

function bitwise(
  name: string,
  doc: string,
  onSmall: (a: number, b: number) => number,
  onBigInts: (a: bigint, b: bigint) => bigint,
): BuiltinDefinition<Interpreter> {
  return {
    name,
    parameters: ["e1", "e2"],
    doc,
    run: (interpreter, _pos, left: Lazy, right: Lazy) => {
      const a = expectInt(interpreter, left, noPos, `while evaluating the first argument passed to builtins.${name}`);
      const b = expectInt(interpreter, right, noPos, `while evaluating the second argument passed to builtins.${name}`);
      if (isInt32(a) && isInt32(b)) return onSmall(a, b);
      // The bits of two 64-bit integers always make one.
      return intFromBigInt(onBigInts(BigInt(a), BigInt(b))) as NixInt;
    },
  };
}

function isInt32(value: NixInt): value is number {
  return typeof value === "number" && (value | 0) === value;
}

const twoTo63 = 2 ** 63;
const issue = "Due to a bug (see https://github.com/NixOS/nix/issues/12899)";
const outlook = "Future Nix versions might implement the correct behavior.";

/** Integers take the way through a float as well; one that would not survive it is an error, as in C++ Nix. */
function round(interpreter: Interpreter, name: string, lazy: Lazy, toWhole: (value: number) => number): NixInt {
  const float = expectFloat(
    interpreter,
    lazy,
    determinePos(lazy),
    `while evaluating the first argument passed to builtins.${name}`,
  );
  const argument = force(lazy);
  const whole = toWhole(float);
  const isInRange = whole >= -twoTo63 && whole < twoTo63;
  if (!isInt(argument)) {
    if (isInRange) return intFromBigInt(BigInt(whole)) as NixInt;
    throw new NixError(
      "eval",
      `NixFloat argument ${formatSignificant(argument as NixFloat)} is not in the range of NixInt`,
    );
  }
  if (!isInRange) {
    throw new NixError(
      "eval",
      `${issue} the NixInt argument ${argument} caused undefined behavior in previous Nix versions.\n\t${outlook}`,
    );
  }
  if (BigInt(whole) !== BigInt(argument)) {
    throw new NixError(
      "eval",
      `${issue} a loss of precision occurred in previous Nix versions because the NixInt argument ${argument} was rounded to ${BigInt(whole)}.\n\t${outlook}`,
    );
  }
  return argument;
}
