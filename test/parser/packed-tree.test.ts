// Packed trees are the trees that were packed: every node, position, name and what the resolver found out.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { resolveNames } from "../../src/evaluator/resolve.ts";
import type { AttrDef, Expr } from "../../src/parser/ast.ts";
import { packTree, viewTree } from "../../src/parser/packed-tree.ts";
import { parseNix } from "../../src/parser/parse.ts";
import { bytesFromBuffer } from "../../src/source/bytes.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { PositionTable } from "../../src/source/position.ts";
import { SymbolTable } from "../../src/source/symbol-table.ts";

const lang = path.resolve(import.meta.dirname, "../lang");
const files = ["okay", "fail", "parse"].flatMap((kind) =>
  fs
    .readdirSync(path.join(lang, kind))
    .filter((file) => file.endsWith(".nix"))
    .map((file) => `${kind}/${file}`),
);

/** The resolved tree and where its source begins; undefined for a file that has none. */
function treeOf(file: string): { readonly expr: Expr; readonly base: number } | undefined {
  const positions = new PositionTable();
  // Not the first source: positions have to be moved.
  positions.addSource({ kind: "string" }, "something else");
  const text = bytesFromBuffer(fs.readFileSync(path.join(lang, file)));
  const source = positions.addSource({ kind: "file", path: `/${file}` }, text);
  const symbols = new SymbolTable();
  try {
    const expr = parseNix(source, {
      baseDir: "/base",
      homeDir: "/home",
      features: new Set(["pipe-operators"]),
      symbols,
    });
    resolveNames(
      expr,
      { isGlobal: (name) => /^(__|builtins$|map$|throw$|true$)/.test(name), scope: [], isInPrelude: () => true },
      symbols,
    );
    return { expr, base: source.base };
  } catch (error) {
    if (error instanceof NixError) return undefined;
    throw error;
  }
}

/** Everything in a tree, as plain data; a view has it in getters. */
function plain(value: unknown): unknown {
  if (value instanceof Map)
    return [...(value as ReadonlyMap<string, AttrDef>)].map(([name, def]) => [name, plain(def)]);
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== "object" || value === null) return value;
  const node = value as Readonly<Record<string, unknown>>;
  const keys = typeof node["kind"] === "string" && node["kind"] in fields ? fields[node["kind"]]! : Object.keys(node);
  return Object.fromEntries(
    ["kind", "pos", ...keys]
      .map((key) => [key, plain(node[key])])
      .filter(([, field]) => field !== undefined && field !== false),
  );
}

const fields: Readonly<Record<string, readonly string[]>> = {
  concatStrings: ["forceString", "parts"],
  attrs: ["recursive", "attrs", "dynamic", "inheritFrom", "layout"],
  list: ["items"],
  lambda: ["param", "formals", "body", "frame", "name", "doc"],
  call: ["fn", "args"],
  let: ["attrs", "body"],
  with: ["attrs", "body", "layout"],
  if: ["condition", "then", "else"],
  assert: ["condition", "body"],
  binary: ["isPlacedLate", "operator", "left", "right"],
};

describe("packed trees", () => {
  it("are there for most of the cases", () => {
    expect(files.filter((file) => treeOf(file) !== undefined).length).toBeGreaterThan(600);
  });

  it.each(files)("%s", (file) => {
    const tree = treeOf(file);
    if (tree === undefined) return;
    const { words, strings } = packTree(tree.expr, tree.base);
    const pool = { count: strings.length, at: (index: number) => strings[index] as string };
    expect(plain(viewTree({ words, strings: pool }, tree.base))).toEqual(plain(tree.expr));
    // Elsewhere in the space of positions it is the same tree, only moved.
    expect(packTree(viewTree({ words, strings: pool }, 1_000_000), 1_000_000)).toEqual({ words, strings });
  });
});
