// Integers of 64 bits and floats. Results that do not fit are errors of the program, as since Nix 2.25.
import { NixError } from "../source/nix-error.ts";
import type { Pos } from "../source/position.ts";
import { intFromBigInt, isInt, NixFloat, type NixInt } from "../value/value.ts";

export type NixNumber = NixInt | NixFloat;

export interface Operation {
  readonly name: string;
  readonly onNumbers: (a: number, b: number) => number;
  readonly onBigInts: (a: bigint, b: bigint) => bigint;
  readonly overflow: (a: NixInt, b: NixInt) => string;
}

export const addition: Operation = {
  name: "addition",
  onNumbers: (a, b) => a + b,
  onBigInts: (a, b) => a + b,
  overflow: (a, b) => `integer overflow in adding ${a} + ${b}`,
};

export const subtraction: Operation = {
  name: "subtraction",
  onNumbers: (a, b) => a - b,
  onBigInts: (a, b) => a - b,
  overflow: (a, b) => `integer overflow in subtracting ${a} - ${b}`,
};

export const multiplication: Operation = {
  name: "multiplication",
  onNumbers: (a, b) => a * b,
  onBigInts: (a, b) => a * b,
  overflow: (a, b) => `integer overflow in multiplying ${a} * ${b}`,
};

export const division: Operation = {
  name: "division",
  onNumbers: (a, b) => a / b,
  onBigInts: (a, b) => a / b,
  overflow: (a, b) => `integer overflow in dividing ${a} / ${b}`,
};

/** Applies an operation to two numbers: integers stay integers, one float makes both floats. */
export function calculate(operation: Operation, a: NixNumber, b: NixNumber, pos: Pos): NixNumber {
  if (operation === division && (b instanceof NixFloat ? b.value : Number(b)) === 0) {
    throw new NixError("eval", "division by zero", pos);
  }
  if (isInt(a) && isInt(b)) return calculateInts(operation, a, b, pos);
  return new NixFloat(operation.onNumbers(asFloat(a), asFloat(b)));
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
