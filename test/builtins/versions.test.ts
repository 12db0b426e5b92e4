import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { versionBuiltins } from "../../src/builtins/versions.ts";
import type { AttrSet } from "../../src/value/attr-set.ts";
import { builtinOf } from "./call-builtin.ts";

const compare = builtinOf(versionBuiltins, "compareVersions");
const split = builtinOf(versionBuiltins, "splitVersion");
const parse = builtinOf(versionBuiltins, "parseDrvName");
const version = fc.string({ unit: fc.constantFrom("1", "2", "0", "a", "pre", ".", "-", "b"), maxLength: 8 });

describe("versions", () => {
  it("are the same as themselves, and older one way where they are newer the other", () => {
    fc.assert(
      fc.property(version, version, (a, b) => {
        expect(compare(a, a)).toBe(0);
        expect((compare(a, b) as number) + (compare(b, a) as number)).toBe(0);
      }),
    );
  });

  it("are compared by their components only", () => {
    fc.assert(
      fc.property(version, (text) => {
        expect(compare((split(text) as string[]).join("."), text)).toBe(0);
      }),
    );
  });

  it("lose nothing but the dash when a name is split from them", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom("a", "-", "1", ".", "B"), maxLength: 12 }), (text) => {
        const { values } = parse(text) as AttrSet;
        const [name, rest] = values as [string, string];
        expect(rest === "" ? [name, `${name}-`].includes(text) : text === `${name}-${rest}`).toBe(true);
      }),
    );
  });
});
