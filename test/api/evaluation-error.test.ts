// Errors of the library beyond their message: as data, and explained.
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { createMemoryHost, type DiagnosticData, EvaluationError, evaluate } from "../../src/index.ts";

const host = createMemoryHost(
  {
    "/src/port.nix": 'let\n  port = 8080;\nin "ü" + port\n',
    "/src/deep.nix": 'let f = n: if n == 0 then throw "bottom" else f (n - 1); in f 20\n',
  },
  { workingDir: "/src" },
);

function errorOf(file: string, callFrames = false): EvaluationError {
  try {
    evaluate({ file }, { host, callFrames });
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
  throw new Error("expected an EvaluationError");
}

describe("an EvaluationError", () => {
  it("has a diagnostic with ranges", () => {
    const { diagnostic, message } = errorOf("port.nix");
    const expected: Partial<DiagnosticData> = {
      severity: "error",
      code: "cannot-coerce",
      message,
      file: "/src/port.nix",
      range: {
        start: { line: 3, column: 11, utf16Column: 10, offset: 29 },
        end: { line: 3, column: 15, utf16Column: 14, offset: 33 },
      },
    };
    expect(diagnostic).toMatchObject(expected);
    expect(diagnostic.suggestions[0]).toMatchObject({ replacement: "toString port", file: "/src/port.nix" });
    expect(diagnostic.labels.map(({ file, range }) => [file, range.start.line])).toEqual([
      ["/src/port.nix", 2],
      ["/src/port.nix", 3],
    ]);
    expect(JSON.parse(JSON.stringify(diagnostic))).toEqual(diagnostic);
  });

  it("explains itself", () => {
    const error = errorOf("port.nix");
    expect(error.explain()).toContain(' 3 | in "ü" + toString port');
    expect(
      error
        .explain()
        .startsWith("error[cannot-coerce]: cannot coerce an integer to a string: 8080\n  --> port.nix:3:11\n"),
    ).toBe(true);
    expect(error.explain({ color: true })).toContain("\x1b[31;1merror[cannot-coerce]");
    const narrow = error.explain({ width: 50 }).split("\n").slice(1);
    expect(narrow.filter((line) => line.length > 50)).toEqual([]);
  });

  it("knows the calls when they were asked for", () => {
    const messages = (error: EvaluationError): string[] => error.diagnostic.trace.map(({ message }) => message);
    expect(messages(errorOf("deep.nix"))).not.toContain("while calling 'f'");
    expect(messages(errorOf("deep.nix", true))).toContain("while calling 'f'");
    const repeated = errorOf("deep.nix", true).diagnostic.trace.find(({ repeats }) => repeats > 1);
    expect(repeated).toMatchObject({ message: "from call site", repeats: 20, group: 2 });
  });

  it("does not show the evaluation when it is printed", () => {
    expect(Object.keys(errorOf("port.nix")).sort()).toEqual(["kind", "name", "place", "report", "suggestions"]);
    expect(inspect(errorOf("port.nix")).length).toBeLessThan(20_000);
  });
});
