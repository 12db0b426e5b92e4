import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numberBuiltins } from "../../src/builtins/numbers.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { intFromBigInt, type NixInt, type Value } from "../../src/value/value.ts";
import { builtinOf } from "./call-builtin.ts";

const smallest = -(2n ** 63n);
const largest = 2n ** 63n - 1n;
const int64 = fc.oneof(
  fc.bigInt({ min: smallest, max: largest }),
  fc.integer().map(BigInt),
  fc.constantFrom(smallest, largest, 2n ** 53n, -(2n ** 53n), 2n ** 31n, 2n ** 32n - 1n, 0n, -1n),
);

function toInt(int: bigint): NixInt {
  return intFromBigInt(int) as NixInt;
}

function outcome(action: () => Value): string {
  try {
    return String(action());
  } catch (error) {
    if (error instanceof NixError) return error.message;
    throw error;
  }
}

describe("integer arithmetic", () => {
  it.each([
    ["add", (a: bigint, b: bigint) => a + b, "adding", "+"],
    ["sub", (a: bigint, b: bigint) => a - b, "subtracting", "-"],
    ["mul", (a: bigint, b: bigint) => a * b, "multiplying", "*"],
    ["div", (a: bigint, b: bigint) => a / b, "dividing", "/"],
  ] as const)("%s is exact in 64 bits, or an error", (name, exact, doing, sign) => {
    const builtin = builtinOf(numberBuiltins, name);
    fc.assert(
      fc.property(int64, int64, (a, b) => {
        if (name === "div" && b === 0n) return;
        const result = exact(a, b);
        const fits = result >= smallest && result <= largest;
        const expected = fits ? String(result) : `integer overflow in ${doing} ${a} ${sign} ${b}`;
        expect(outcome(() => builtin(toInt(a), toInt(b)))).toBe(expected);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    ["bitAnd", (a: bigint, b: bigint) => a & b],
    ["bitOr", (a: bigint, b: bigint) => a | b],
    ["bitXor", (a: bigint, b: bigint) => a ^ b],
  ] as const)("%s works on all 64 bits", (name, exact) => {
    const builtin = builtinOf(numberBuiltins, name);
    fc.assert(
      fc.property(int64, int64, (a, b) => {
        expect(builtin(toInt(a), toInt(b))).toBe(toInt(exact(a, b)));
      }),
      { numRuns: 500 },
    );
  });

  it("compares integers of every size", () => {
    const lessThan = builtinOf(numberBuiltins, "lessThan");
    fc.assert(
      fc.property(int64, int64, (a, b) => {
        expect(lessThan(toInt(a), toInt(b))).toBe(a < b);
      }),
    );
  });
});
