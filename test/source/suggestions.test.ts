import fc from "fast-check";
import { expect, it } from "vitest";
import { didYouMean, suggestNames } from "../../src/source/suggestions.ts";

it("orders by distance, then by name, and stops at two edits and five names", () => {
  // What Nix 2.34 suggests for the same set: test/source/error-report/many-suggestions.err.
  const names = ["abcd", "abc", "abce", "bc", "xabc", "abcdef", "zbcx", "abd", "ab"];
  expect(suggestNames(names, "abcx")).toEqual(["abc", "abcd", "abce", "zbcx", "ab"]);
  expect(suggestNames(["abcdef", "x", "abcxyzw"], "abcx")).toEqual([]);
});

it("finds every name that is up to two edits away", () => {
  const edit = fc.record({
    at: fc.nat(20),
    kind: fc.constantFrom("insert", "delete", "replace"),
    with: fc.string({ minLength: 1, maxLength: 1 }),
  });
  fc.assert(
    fc.property(fc.string({ maxLength: 12 }), fc.array(edit, { maxLength: 2 }), (name, edits) => {
      let changed = name;
      for (const { at, kind, with: letter } of edits) {
        const index = Math.min(at, changed.length);
        changed =
          changed.slice(0, index) +
          (kind === "delete" ? "" : letter) +
          changed.slice(kind === "insert" ? index : index + 1);
      }
      expect(suggestNames([changed], name)).toEqual([changed]);
    }),
  );
});

it("words one, two and more names", () => {
  expect(didYouMean([])).toBe("");
  expect(didYouMean(["a"])).toBe("Did you mean a?");
  expect(didYouMean(["a", "b"])).toBe("Did you mean one of a or b?");
  expect(didYouMean(["a", "b", "c"])).toBe("Did you mean one of a, b or c?");
});
