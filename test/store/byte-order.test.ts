import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compareBytes, sortedUnique, sortInPlace } from "../../src/store/byte-order.ts";

const byteString = fc
  .array(fc.integer({ min: 0, max: 255 }), { maxLength: 3 })
  .map((bytes) => String.fromCharCode(...bytes));
const texts = fc.array(byteString, { maxLength: 40 });

describe("byte order", () => {
  it("is that of V8 for lists of every length", () => {
    fc.assert(
      fc.property(texts, (list) => {
        const sorted = [...list];
        sortInPlace(sorted, compareBytes);
        expect(sorted).toEqual(list.toSorted());
      }),
    );
  });

  it("keeps equal items in their order", () => {
    fc.assert(
      fc.property(texts, (list) => {
        const items = list.map((text, index) => ({ text, index }));
        sortInPlace(items, (a, b) => compareBytes(a.text, b.text));
        for (const [i, { text, index }] of items.entries()) {
          const next = items[i + 1];
          if (next?.text === text) expect(next.index).toBeGreaterThan(index);
        }
      }),
    );
  });

  it("leaves one of each", () => {
    fc.assert(
      fc.property(texts, (list) => {
        expect(sortedUnique(list)).toEqual([...new Set(list)].sort());
      }),
    );
  });
});
