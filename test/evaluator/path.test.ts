import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { baseName, canonicalPath, dirName } from "../../src/evaluator/path.ts";

const part = fc.constantFrom("a", "b.c", ".", "..", "", "...", ".x", "x.", "..y");
const absolute = fc.array(part, { maxLength: 8 }).map((parts) => `/${parts.join("/")}`);

describe("paths as text", () => {
  it("are canonical as Node resolves them", () => {
    fc.assert(
      fc.property(absolute, (text) => {
        expect(canonicalPath(text)).toBe(path.posix.resolve("/", text));
      }),
    );
  });

  it("are split as Node splits them", () => {
    fc.assert(
      fc.property(absolute, (text) => {
        const canonical = canonicalPath(text);
        expect(baseName(canonical)).toBe(path.posix.basename(canonical));
        expect(dirName(canonical)).toBe(path.posix.dirname(canonical));
      }),
    );
  });
});
