import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { KeySet } from "../../src/builtins/key-set.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { NixFloat, type Value } from "../../src/value/value.ts";
import { createInterpreter } from "./call-builtin.ts";

/** What makes two keys of these tests the same. */
function identity(key: Value): string {
  return Array.isArray(key) ? JSON.stringify(key) : String(key instanceof NixFloat ? key.value : key);
}

function checkAgainstSet(keys: readonly Value[]): void {
  const set = new KeySet(createInterpreter());
  const seen = new Set<string>();
  for (const key of keys) {
    expect(set.add(key, key)).toBe(!seen.has(identity(key)));
    seen.add(identity(key));
  }
}

const small = fc.integer({ min: -40, max: 40 });

describe("KeySet", () => {
  it("knows strings and integers by hash", () => {
    fc.assert(fc.property(fc.array(fc.string({ maxLength: 2 })), checkAgainstSet));
    fc.assert(fc.property(fc.array(small, { maxLength: 200 }), checkAgainstSet));
  });

  it("knows mixed numbers and lists in its tree", () => {
    const number = fc.oneof(
      small,
      small.map((value) => new NixFloat(value / 2)),
    );
    fc.assert(fc.property(fc.array(number, { maxLength: 300 }), checkAgainstSet));
    fc.assert(fc.property(fc.array(fc.array(small, { maxLength: 2 }), { maxLength: 200 }), checkAgainstSet));
  });

  it("says which element a key cannot be compared with", () => {
    fc.assert(
      fc.property(fc.uniqueArray(small, { minLength: 1, maxLength: 50 }), (keys) => {
        const set = new KeySet(createInterpreter());
        for (const key of keys) set.add(key, `element ${key}`);
        expect(() => set.add("text", "another element")).toThrow(NixError);
        expect(set.findIncomparable("text")).toBe(`element ${Math.min(...keys)}`);
      }),
    );
  });

  it("goes on after a key that could not be added", () => {
    const set = new KeySet(createInterpreter());
    expect(set.add(1, "one")).toBe(true);
    expect(() => set.add("text", "text")).toThrow("cannot compare a string with an integer");
    expect(set.add(1, "one")).toBe(false);
    expect(set.add(2, "two")).toBe(true);
  });
});
