import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { numberBuiltins } from "../../src/builtins/numbers.ts";
import { sortingBuiltins } from "../../src/builtins/sorting.ts";
import { Builtin } from "../../src/value/function.ts";
import { NixFloat, type Value } from "../../src/value/value.ts";
import { builtinOf, createInterpreter } from "./call-builtin.ts";

const sort = builtinOf(sortingBuiltins, "sort");

function comparator(isBefore: (a: Value, b: Value) => boolean): Builtin {
  return new Builtin("order", 2, false, "", (_pos, a, b) => isBefore(a as Value, b as Value));
}

/** Lists long enough for merging, with runs and repetitions in them. */
const lists = fc
  .array(
    fc.oneof(
      fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 30 }),
      fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 60 }).map((run) => run.sort((a, b) => a - b)),
      fc.array(fc.integer({ min: 0, max: 1000 }), { maxLength: 60 }).map((run) => run.sort((a, b) => b - a)),
    ),
    { maxLength: 6 },
  )
  .map((runs) => runs.flat());

describe("sort", () => {
  it("is stable and right for every list", () => {
    const isBefore = comparator((a, b) => (a as number) % 100 < (b as number) % 100);
    fc.assert(
      fc.property(lists, (list) => {
        expect(sort(isBefore, list)).toEqual(list.toSorted((a, b) => (a % 100) - (b % 100)));
      }),
    );
  });

  it("keeps every item when the order makes no sense", () => {
    fc.assert(
      fc.property(lists, fc.func(fc.boolean()), (list, isBefore) => {
        const sorted = sort(comparator(isBefore), list) as number[];
        expect(sorted.toSorted((a, b) => a - b)).toEqual(list.toSorted((a, b) => a - b));
      }),
    );
  });

  it("orders numbers of every size by lessThan", () => {
    const interpreter = createInterpreter();
    const lessThan = builtinOf(numberBuiltins, "lessThan", interpreter);
    const builtin = new Builtin("lessThan", 2, false, "", (_pos, a, b) => lessThan(a as Value, b as Value));
    const number = fc.oneof(
      fc.integer(),
      fc.bigInt({ min: 2n ** 53n, max: 2n ** 63n - 1n }),
      fc.double({ noNaN: true }).map((value) => new NixFloat(value)),
    );
    const numeric = (value: Value) => (value instanceof NixFloat ? value.value : Number(value as number | bigint));
    fc.assert(
      fc.property(fc.array(number, { maxLength: 60 }), (list) => {
        const sorted = (sort(builtin, list) as Value[]).map(numeric);
        expect(sorted.every((value, index) => index === 0 || (sorted[index - 1] as number) <= value)).toBe(true);
        expect(sorted).toHaveLength(list.length);
      }),
    );
  });

  it("leaves the list that it is given alone", () => {
    const list = Object.freeze([3, 1, 2]);
    expect(
      sort(
        comparator((a, b) => (a as number) < (b as number)),
        list,
      ),
    ).toEqual([1, 2, 3]);
  });
});
