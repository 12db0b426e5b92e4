// The parser of explanations beside the one that programs are run with: it takes the same texts, stops at the same tokens,
// and finds the same things at the same places.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { childrenOf, type SyntaxNode } from "../../src/explain/syntax-node.ts";
import { parseSyntax } from "../../src/explain/syntax-parser.ts";
import { allNodes } from "../../src/explain/syntax-search.ts";
import type { Expr } from "../../src/parser/ast.ts";
import { parseNix } from "../../src/parser/parse.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { PositionTable, type Source } from "../../src/source/position.ts";

const root = path.resolve(import.meta.dirname, "../..");
const features: ReadonlySet<string> = new Set();
const files = ["test/lang/okay", "test/lang/fail", "test/lang/parse", "nixpkgs"].flatMap((folder) =>
  fs
    .readdirSync(path.join(root, folder), { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".nix"))
    .map((file) => `${folder}/${file}`),
);

describe("the syntax tree for explanations", () => {
  it("is compared with many files", () => {
    expect(files.length).toBeGreaterThanOrEqual(1000);
  });

  it.each(files)("%s", (file) => {
    const source = new PositionTable().addSource(
      { kind: "file", path: "/x" },
      fs.readFileSync(path.join(root, file), "latin1"),
    );
    const tree = parseSyntax(source, features);
    const parsed = parse(source);
    if (parsed instanceof NixError) {
      if (!parsed.message.startsWith("syntax error, unexpected ")) return;
      expect(tree.tokens[tree.failure?.tokenIndex ?? -1]?.startOffset).toBe(parsed.pos - source.base);
      return;
    }
    if (tree.root === undefined) throw new Error("only the other parser takes it");
    expect(faultsOf(tree.root, source)).toEqual([]);
    const places = placesOf(tree.root);
    expect(missingIn(places, parsed, source)).toEqual([]);
  });
});

function parse(source: Source): Expr | NixError {
  try {
    return parseNix(source, { baseDir: "/", homeDir: "/home", features });
  } catch (error) {
    if (error instanceof NixError) return error;
    throw error;
  }
}

/** Nodes that are not within their parents, overlap, or have a name in front that is not theirs. */
function faultsOf(tree: SyntaxNode, { text }: Source): string[] {
  const faults: string[] = [];
  for (const node of allNodes(tree)) {
    let end = node.start;
    for (const child of childrenOf(node)) {
      if (child.parent !== node) faults.push(`${child.kind} at ${child.start} has another parent`);
      if (child.start < end || child.end > node.end) faults.push(`${child.kind} at ${child.start} is outside`);
      end = child.end;
    }
    const written = text.slice(node.start, node.end);
    if (node.kind === "variable" && written !== node.name) faults.push(`variable ${node.name} is written ${written}`);
    if (node.kind === "string" && !/^(?:".*"|''.*''|[a-zA-Z][\w+.-]*:.*)$/s.test(written))
      faults.push(`string ${written}`);
    if (node.kind === "list" && !/^\[.*\]$/s.test(written)) faults.push(`list ${written}`);
    if (node.kind === "attrs" && !/^(?:rec|let)?[^{]*\{.*\}$/s.test(written)) faults.push(`attrs ${written}`);
  }
  return faults;
}

/** By offset, what begins there; operators by the offset of their sign. */
function placesOf(tree: SyntaxNode): ReadonlyMap<number, ReadonlySet<string>> {
  const places = new Map<number, Set<string>>();
  const add = (offset: number, kind: string): void => {
    const kinds = places.get(offset);
    if (kinds === undefined) places.set(offset, new Set([kind]));
    else kinds.add(kind);
  };
  for (const node of allNodes(tree)) {
    add(node.start, node.kind);
    if (node.kind === "binary") add(node.operatorStart, "operator");
  }
  return places;
}

/** What an expression of the other parser is here; operators are calls there, and so are search paths and `x or`. */
const kinds: Readonly<Partial<Record<Expr["kind"], readonly string[]>>> = {
  var: ["variable", "attrName", "call"],
  curPos: ["variable"],
  select: ["select", "attrs"],
  call: ["call", "operator", "unary", "searchPath"],
  attrs: ["attrs", "attrName"],
  lambda: ["lambda"],
  with: ["with"],
  if: ["if"],
  assert: ["assert"],
  binary: ["operator"],
};

/** The expressions with a position for which nothing of the kind is at that place. */
function missingIn(places: ReadonlyMap<number, ReadonlySet<string>>, expr: Expr, source: Source): string[] {
  const missing: string[] = [];
  const seen = new Set<unknown>();
  const visit = (part: unknown): void => {
    if (typeof part !== "object" || part === null || seen.has(part)) return;
    seen.add(part);
    if (part instanceof Map) {
      for (const value of part.values()) visit(value);
      return;
    }
    if ("kind" in part && "pos" in part && typeof part.pos === "number" && part.pos !== 0) {
      const expected = kinds[part.kind as Expr["kind"]];
      const found = places.get(part.pos - source.base);
      if (expected !== undefined && !expected.some((kind) => found?.has(kind))) {
        missing.push(`${String(part.kind)} at ${part.pos - source.base}: ${[...(found ?? [])].join(", ")}`);
      }
    }
    for (const value of Object.values(part)) visit(value);
  };
  visit(expr);
  return missing;
}
