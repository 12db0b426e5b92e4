// The codes of errors: what a message gets, and the table in docs/errors.md.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { codeOf, diagnosticCodes } from "../../src/explain/diagnostic-code.ts";
import { NixError, type NixErrorKind } from "../../src/source/nix-error.ts";

describe("diagnostic codes", () => {
  it("are listed in the documentation, with their meanings", () => {
    const text = fs.readFileSync(path.resolve(import.meta.dirname, "../../docs/errors.md"), "utf8");
    const rows = text.slice(text.indexOf("## Codes")).matchAll(/^\| `([\w-]+)` +\| (.*?) +\|$/gm);
    expect(Object.fromEntries(Array.from(rows, ([, code, meaning]) => [code, meaning]))).toEqual(diagnosticCodes);
  });

  it.each<[NixErrorKind, string, string]>([
    ["type", "expected a set but found null: null", "wrong-type"],
    ["type", "cannot coerce a set to a string: { }", "cannot-coerce"],
    ["eval", "division by zero", "division-by-zero"],
    ["eval", "something new", "evaluation-error"],
    ["syntax", "syntax error, unexpected end of file", "syntax-error"],
    ["syntax", "attribute 'a\nb' already defined at /x:1:2", "duplicate-attribute"],
    ["throw", "file 'x' was not found in the Nix search path (add it using $NIX_PATH or -I)", "search-path"],
    ["throw", "division by zero", "throw"],
    ["file", "path '/x' does not exist", "missing-file"],
    ["file", "reading failed", "file-error"],
  ])("tell %s errors by their messages: %s", (kind, message, code) => {
    expect(codeOf(new NixError(kind, message))).toBe(code);
  });
});
