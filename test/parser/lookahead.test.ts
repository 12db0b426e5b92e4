// The tables that the build puts in place of Chevrotain's analysis: with them the grammar reads every text as without.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { scan } from "../../src/lexer/scanner.ts";
import { tokenTypes } from "../../src/lexer/token-types.ts";
import { NixGrammar } from "../../src/parser/grammar.ts";
import { tabulateLookahead } from "../../src/parser/lookahead.ts";
import { printExpr } from "../../src/parser/print-expr.ts";
import { bytesFromBuffer } from "../../src/source/bytes.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { PositionTable } from "../../src/source/position.ts";
import { isStackOverflow } from "../../src/source/stack-overflow.ts";
import { SymbolTable } from "../../src/source/symbol-table.ts";

const analysed = new NixGrammar(undefined);
const tables = JSON.parse(JSON.stringify(tabulateLookahead(analysed, tokenTypes)));
const tabulated = new NixGrammar(tables);

/** The printed tree, the syntax error, or the message of an error that the grammar's actions throw. */
function outcome(grammar: NixGrammar, text: string): string {
  const source = new PositionTable().addSource({ kind: "string" }, text);
  try {
    const scanned = scan(source, new Set(["pipe-operators"]));
    const context = { source, baseDir: "/base", homeDir: "/home", symbols: new SymbolTable(), warnAboutOr: () => {} };
    const expr = grammar.parse(scanned, context);
    if (expr !== undefined) return printExpr(expr);
    const { token, expected } = grammar.syntaxError;
    return `syntax error at ${token.startOffset}, expecting ${expected}`;
  } catch (error) {
    if (error instanceof NixError) return error.message;
    // Some are nested deeper than the stack of a test allows.
    if (isStackOverflow(error)) return "full stack";
    throw error;
  }
}

function texts(...folders: readonly string[]): string[] {
  const lang = path.resolve(import.meta.dirname, "../lang");
  const embedded = path.resolve(import.meta.dirname, "../../nixpkgs");
  return [embedded, ...folders.map((folder) => path.join(lang, folder))]
    .flatMap((folder) =>
      fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => path.join(folder, file)),
    )
    .filter((file) => file.endsWith(".nix"))
    .map((file) => bytesFromBuffer(fs.readFileSync(file)));
}

describe("tabulated lookahead", () => {
  it("says for every place and every token what the analysis says", () => {
    expect(tables.length).toBeGreaterThan(20);
    expect(tabulateLookahead(tabulated, tokenTypes)).toEqual(tables);
  });

  it("reads every text of the tests the same", () => {
    const all = texts("okay", "fail", "parse");
    expect(all.length).toBeGreaterThan(200);
    for (const text of all) expect(outcome(tabulated, text)).toBe(outcome(analysed, text));
  });

  it("finds errors wherever a text breaks off", () => {
    const whole = `{ a ? 1, b, ... }@x: let inherit (x) c; d.e = ''i\${f}''; in with x; if a then [ 1 "s\${b}" ] else rec { } |> !f`;
    expect(outcome(analysed, whole)).toContain("rec");
    let errors = 0;
    for (let end = 0; end <= whole.length; end++) {
      const text = whole.slice(0, end);
      const result = outcome(analysed, text);
      if (result.startsWith("syntax error")) errors++;
      expect(outcome(tabulated, text)).toBe(result);
    }
    expect(errors).toBeGreaterThan(50);
  });
});
