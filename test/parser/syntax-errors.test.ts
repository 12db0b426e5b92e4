// Where C++ Nix finds a mistake and what it says, on many small broken programs.
import { describe, expect, it } from "vitest";
import { parseNix } from "../../src/parser/parse.ts";
import { textFromBytes } from "../../src/source/bytes.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { PositionTable } from "../../src/source/position.ts";
import { cases } from "./syntax-errors/cases.ts";
import expected from "./syntax-errors/expected.json" with { type: "json" };

describe("syntax errors", () => {
  it("are many", () => {
    expect(Object.keys(expected)).toEqual(cases);
    expect(Object.values(expected).filter((outcome) => outcome !== "valid").length).toBeGreaterThan(500);
  });

  it("have Nix's place and text", () => {
    const outcomes = Object.fromEntries(cases.map((text) => [text, outcome(text)]));
    expect(outcomes).toEqual(expected);
  });
});

function outcome(text: string): string {
  const positions = new PositionTable();
  const source = positions.addSource({ kind: "string" }, text);
  try {
    parseNix(source, { baseDir: "/base", homeDir: "/home/user", features: new Set() });
    return "valid";
  } catch (error) {
    if (!(error instanceof NixError)) throw error;
    const { line, column } = positions.resolve(error.pos)!;
    return `${line}:${column} ${textFromBytes(error.message)}`;
  }
}
