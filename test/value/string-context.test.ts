import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type ContextElement, StringContext } from "../../src/value/string-context.ts";

const path = fc.constantFrom("/nix/store/a-x", "/nix/store/b-x", "/nix/store/c-x");
const element: fc.Arbitrary<ContextElement> = fc.oneof(
  path.map((name) => ({ kind: "opaque", path: name }) as const),
  path.map((name) => ({ kind: "drvDeep", drvPath: `${name}.drv` }) as const),
  fc
    .tuple(path, fc.constantFrom("out", "dev"))
    .map(([name, output]) => ({ kind: "built", drvPath: `${name}.drv`, output }) as const),
);
const elements = fc.array(element, { maxLength: 12 });

describe("string contexts", () => {
  it("are the same object for the same elements, in any order and number", () => {
    fc.assert(
      fc.property(elements, (list) => {
        const context = StringContext.of(list);
        expect(StringContext.of([...list.toReversed(), ...list])).toBe(context);
        expect(StringContext.of(context.elements)).toBe(context);
        expect(context.isEmpty).toBe(list.length === 0);
      }),
    );
  });

  it("are united as sets are", () => {
    fc.assert(
      fc.property(elements, elements, elements, (a, b, c) => {
        const all = StringContext.of([...a, ...b, ...c]);
        const [left, middle, right] = [StringContext.of(a), StringContext.of(b), StringContext.of(c)];
        expect(left.union(middle).union(right)).toBe(all);
        expect(right.union(middle.union(left))).toBe(all);
        expect(StringContext.unionOf(new Set([left, middle, right]))).toBe(all);
      }),
    );
  });

  it("are in order of kind, path and output", () => {
    const sorted: readonly ContextElement[] = [
      { kind: "opaque", path: "/nix/store/a-x" },
      { kind: "opaque", path: "/nix/store/b-x" },
      { kind: "drvDeep", drvPath: "/nix/store/a-x.drv" },
      { kind: "built", drvPath: "/nix/store/a-x.drv", output: "dev" },
      { kind: "built", drvPath: "/nix/store/a-x.drv", output: "out" },
      { kind: "built", drvPath: "/nix/store/b-x.drv", output: "dev" },
    ];
    expect(StringContext.of(sorted.toReversed()).elements).toEqual(sorted);
  });
});
