// A worker that parses the nested texts on a stack as large as that of the command, and says what came of each.
import { parentPort, workerData } from "node:worker_threads";
import { parseNix } from "../../src/parser/parse.ts";
import { printExpr } from "../../src/parser/print-expr.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { PositionTable } from "../../src/source/position.ts";
import { brokenTexts, nestedTexts } from "./nested-texts.ts";

/** What came of each text, by its name: `parsed and printed`, or the kind of the error. */
export interface Outcomes {
  readonly nested: Record<string, string>;
  readonly broken: Record<string, string>;
}

const { depth } = workerData as { readonly depth: number };
const outcomes = (texts: typeof nestedTexts) =>
  Object.fromEntries(Object.entries(texts).map(([name, make]) => [name, parseNested(make(depth))]));
const message: Outcomes = { nested: outcomes(nestedTexts), broken: outcomes(brokenTexts) };
parentPort!.postMessage(message);

function parseNested(text: string): string {
  const source = new PositionTable().addSource({ kind: "string" }, text);
  try {
    const tree = parseNix(source, { baseDir: "/", homeDir: undefined, features: new Set() });
    return printExpr(tree) === "" ? "empty" : "parsed and printed";
  } catch (error) {
    if (error instanceof NixError) return error.kind;
    throw error;
  }
}
