// Integers of 64 bits and floats. Results that do not fit are errors of the program, as since Nix 2.25.
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { force } from "../value/thunk.ts";
import { intFromBigInt, isInt, type Lazy, NixFloat, type NixInt } from "../value/value.ts";
import { expectFloat, expectInt } from "./expect.ts";
import type { Interpreter } from "./interpreter.ts";

export type NixNumber = NixInt | NixFloat;

export interface Operation {
  readonly onNumbers: (a: number, b: number) => number;
  readonly onBigInts: (a: bigint, b: bigint) => bigint;
  readonly overflow: (a: NixInt, b: NixInt) => string;
  /** The frames of an operand that is no number. */
  readonly left: string;
  readonly right: string;
  /** The same when the other operand is a float, where it differs. */
  readonly leftOfFloats?: string;
}

export const addition: Operation = {
  onNumbers: (a, b) => a + b,
  onBigInts: (a, b) => a + b,
  overflow: (a, b) => `integer overflow in adding ${a} + ${b}`,
  left: "while evaluating the first argument of the addition",
  right: "while evaluating the second argument of the addition",
};

export const subtraction: Operation = {
  onNumbers: (a, b) => a - b,
  onBigInts: (a, b) => a - b,
  overflow: (a, b) => `integer overflow in subtracting ${a} - ${b}`,
  left: "while evaluating the first argument of the subtraction",
  right: "while evaluating the second argument of the subtraction",
};

export const multiplication: Operation = {
  onNumbers: (a, b) => a * b,
  onBigInts: (a, b) => a * b,
  overflow: (a, b) => `integer overflow in multiplying ${a} * ${b}`,
  left: "while evaluating the first argument of the multiplication",
  right: "while evaluating the second argument of the multiplication",
  leftOfFloats: "while evaluating the first of the multiplication",
};

export const division: Operation = {
  onNumbers: (a, b) => a / b,
  onBigInts: (a, b) => a / b,
  overflow: (a, b) => `integer overflow in dividing ${a} / ${b}`,
  left: "while evaluating the first operand of the division",
  right: "while evaluating the second operand of the division",
};

/** Applies an operation to two operands, as `builtins.sub` and its kin do: both are forced before either is checked. */
export function operate(interpreter: Interpreter, operation: Operation, left: Lazy, right: Lazy): NixNumber {
  const a = force(left);
  const b = force(right);
  if ((isInt(a) || a instanceof NixFloat) && (isInt(b) || b instanceof NixFloat)) {
    return calculate(operation, a, b, noPos);
  }
  // At least one operand is no number, so one of these throws.
  if (operation === division) {
    if (expectFloat(interpreter, right, noPos, operation.right) === 0) throw divisionByZero(noPos);
  }
  if (a instanceof NixFloat || b instanceof NixFloat) {
    const x = expectFloat(interpreter, left, noPos, operation.leftOfFloats ?? operation.left);
    return new NixFloat(operation.onNumbers(x, expectFloat(interpreter, right, noPos, operation.right)));
  }
  const x = expectInt(interpreter, left, noPos, operation.left);
  return calculateInts(operation, x, expectInt(interpreter, right, noPos, operation.right), noPos);
}

/** Applies an operation to two numbers: integers stay integers, one float makes both floats. */
export function calculate(operation: Operation, a: NixNumber, b: NixNumber, pos: Pos): NixNumber {
  if (operation === division && asFloat(b) === 0) throw divisionByZero(pos);
  if (isInt(a) && isInt(b)) return calculateInts(operation, a, b, pos);
  const result = operation.onNumbers(asFloat(a), asFloat(b));
  return Number.isNaN(result) ? resultingNaN(a, b) : new NixFloat(result);
}

/** An operand that is a NaN already, the first one before the second. */
function resultingNaN(...operands: readonly NixNumber[]): NixFloat {
  const earlier = operands.find((number) => number instanceof NixFloat && Number.isNaN(number.value));
  return (earlier as NixFloat | undefined) ?? NixFloat.negativeNaN;
}

function divisionByZero(pos: Pos): NixError {
  return new NixError("eval", "division by zero", pos);
}

function calculateInts(operation: Operation, a: NixInt, b: NixInt, pos: Pos): NixInt {
  if (typeof a === "number" && typeof b === "number") {
    const result = operation.onNumbers(a, b);
    if (operation === division) return Math.trunc(result) + 0;
    if (Number.isSafeInteger(result)) return result + 0;
  }
  const result = intFromBigInt(operation.onBigInts(BigInt(a), BigInt(b)));
  if (result === undefined) throw new NixError("eval", operation.overflow(a, b), pos);
  return result;
}

function asFloat(number: NixNumber): number {
  return number instanceof NixFloat ? number.value : Number(number);
}

/** Compares an integer with an integer or float, or two floats: negative, zero, positive; NaN when unordered. */
export function compareNumbers(a: NixNumber, b: NixNumber): number {
  if (isInt(a) && isInt(b)) return a < b ? -1 : a > b ? 1 : 0;
  const left = asFloat(a);
  const right = asFloat(b);
  return left < right ? -1 : left > right ? 1 : left === right ? 0 : Number.NaN;
}
