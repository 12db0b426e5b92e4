// What the parser notes of functions: the name that they are bound to, their place, and their doc comment (RFC 145).
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { AttrsExpr, Expr } from "../../src/parser/ast.ts";
import { parseNix } from "../../src/parser/parse.ts";
import { PositionTable } from "../../src/source/position.ts";
import expected from "./functions/expected.json" with { type: "json" };
import { nameOf, type Query, queries } from "./functions/queries.ts";

const positions = new PositionTable();
const text = fs.readFileSync(path.join(import.meta.dirname, "functions/functions.nix"), "latin1");
const source = positions.addSource({ kind: "string" }, text);
const tree = parseNix(source, { baseDir: "/", homeDir: undefined, features: new Set() });

describe("functions", () => {
  it("have the names, places and doc comments that Nix gives them", () => {
    expect(Object.keys(expected).length).toBeGreaterThan(25);
    expect(Object.fromEntries(queries.map((query) => [nameOf(query), describeFunction(query)]))).toEqual(expected);
  });
});

function describeFunction(query: Query): string {
  let expr: Expr = tree;
  for (const name of query.path) {
    const def = (expr as AttrsExpr).attrs.get(name);
    if (def?.kind !== "plain") throw new Error(`no attribute ${name}`);
    expr = def.value;
  }
  for (let i = 0; i < query.applied && expr.kind === "lambda"; i++) expr = expr.body;
  if (expr.kind !== "lambda") throw new Error(`${nameOf(query)} is no function`);
  const { line, column } = positions.resolve(expr.pos)!;
  const doc =
    expr.doc === undefined ? "" : text.slice(expr.doc.start - source.base + 3, expr.doc.end - source.base - 2);
  return [expr.name ?? "", `${line}:${column}`, ...doc.split(/\s+/)].filter((word) => word !== "").join(" ");
}
