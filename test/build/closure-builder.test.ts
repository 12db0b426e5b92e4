// builtin:closure: the list of everything that some paths lead to.
import { describe, expect, it } from "vitest";
import { buildClosure } from "../../src/build/closure-builder.ts";
import { newPath, requestOf, specOf, treeOf } from "./request-of.ts";

const [a, b, c, unused] = ["a", "b", "c", "unused"].map(newPath) as [string, string, string, string];
const objects = new Map([
  [c, treeOf({ "bin/c": `${b}/x` })],
  [b, treeOf(`${a} and itself, ${b}`)],
  [a, treeOf("nothing")],
  [unused, treeOf("")],
]);
const listed = (rootPaths: unknown) => specOf(buildClosure(requestOf({ rootPaths }, objects)).get("out")!);

describe("builtin:closure", () => {
  it("lists the closure, sorted", () => {
    expect(listed([c])).toBe(`${a}\n${b}\n${c}\n`);
    expect(listed([`${b}/with/more`, a])).toBe(`${a}\n${b}\n`);
    expect(listed([])).toBe("");
  });

  it("refuses what is no store path", () => {
    expect(() => listed(["/etc"])).toThrow("attribute 'rootPaths': path '/etc' is not in the Nix store");
    expect(() => listed(a)).toThrow("attribute 'rootPaths' is a string; it must be a list");
    expect(() => listed(undefined)).toThrow("attribute 'rootPaths' is missing; it must be a list");
  });
});
