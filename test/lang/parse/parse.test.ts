// The syntax, case by case, compared with what C++ Nix prints to the byte. See regenerate.sh for how to add a case.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { parseNix } from "../../../src/parser/parse.ts";
import { printExpr } from "../../../src/parser/print-expr.ts";
import { renderError } from "../../../src/source/error-report.ts";
import { NixError } from "../../../src/source/nix-error.ts";
import { PositionTable } from "../../../src/source/position.ts";

const folder = import.meta.dirname;
// Where regenerate.sh has the cases parsed.
const place = "/tmp/ocinix-parse";
const homeDir = "/home/user";

const names = fs
  .readdirSync(folder)
  .filter((file) => file.endsWith(".nix"))
  .map((file) => file.slice(0, -".nix".length));

describe("syntax cases", () => {
  it("are all here", () => expect(names.length).toBeGreaterThanOrEqual(110));

  it.each(names)("%s", (name) => {
    const output = read(`${name}.exp`);
    const errors = read(`${name}.err`) ?? "";
    expect(output !== undefined || errors !== "").toBe(true);
    expect(parse(name)).toEqual({ output, errors });
  });
});

/** What the command prints: a line of output, and warnings or the error. */
function parse(name: string): { output: string | undefined; errors: string } {
  const positions = new PositionTable();
  const source = positions.addSource({ kind: "file", path: `${place}/${name}.nix` }, read(`${name}.nix`)!);
  const features = new Set(read(`${name}.flags`)?.trim().split(" ").slice(1));
  let errors = "";
  const warn = (message: string): void => {
    errors += `warning: ${message}\n`;
  };
  try {
    const expr = parseNix(source, { baseDir: place, homeDir, features, warn });
    return { output: `${printExpr(expr)}\n`, errors };
  } catch (error) {
    if (!(error instanceof NixError)) throw error;
    return { output: undefined, errors: errors + renderError(error, positions, { showTrace: false, color: false }) };
  }
}

function read(file: string): string | undefined {
  const full = path.join(folder, file);
  return fs.existsSync(full) ? fs.readFileSync(full, "latin1") : undefined;
}
