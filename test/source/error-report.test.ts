// The report of an error equals C++ Nix's. Each case rebuilds, by hand, the error that the real evaluator met in
// error-report/NAME.nix; what Nix printed for it was written to NAME.err and NAME.trace.err by regenerate.sh.
import fs from "node:fs";
import { describe, expect, it } from "vitest";
import { bytesFromText } from "../../src/source/bytes.ts";
import { renderError } from "../../src/source/error-report.ts";
import { NixError, type NixErrorKind } from "../../src/source/nix-error.ts";
import { type Pos, PositionTable } from "../../src/source/position.ts";

const folder = new URL("error-report/", import.meta.url);
const read = (name: string) => fs.readFileSync(new URL(name, folder), "latin1");

/** Finds the n-th (from 0) place of a text in the source. */
type At = (needle: string, nth?: number) => Pos;

function open(name: string): { positions: PositionTable; at: At } {
  const positions = new PositionTable();
  positions.addSource({ kind: "string" }, "so that positions do not start at zero");
  const source = positions.addSource({ kind: "file", path: `/tmp/error-report/${name}.nix` }, read(`${name}.nix`));
  const at: At = (needle, nth = 0) => {
    let index = source.text.indexOf(needle);
    for (let i = 0; i < nth; i++) index = source.text.indexOf(needle, index + 1);
    if (index < 0) throw new Error(`${needle} is not in ${name}.nix`);
    return source.base + index;
  };
  return { positions, at };
}

const calling = { callOnly: true };
const error = (kind: NixErrorKind, message: string, pos?: Pos) => new NixError(kind, message, pos);
const undefinedVariable = (at: At) => error("undefinedVariable", "undefined variable 'missing'", at("missing"));

const cases: Readonly<Record<string, (at: At) => NixError>> = {
  "carriage-returns": undefinedVariable,
  "no-trace": undefinedVariable,
  tabs: undefinedVariable,

  escapes: (at) =>
    error("throw", "a\x1b[31mred\x1b[0m\tb\x07 \x1b]8;;x\x1b\\link c\x1b[2Kd").addTrace(
      "while calling the 'throw' builtin",
      at("throw"),
    ),

  typo: (at) =>
    error("missingAttribute", "attribute 'Entrypont' missing", at("config.Entrypont"))
      .suggest(["Entrypoint"])
      .addTrace("while evaluating the attribute 'cmd'", at("cmd"))
      .addTrace("while evaluating the attribute 'image'", at("image")),

  truncated: (at) => {
    const result = error("type", "cannot add a set to an integer", at("{ }"));
    result.addTrace("while looking for the sea", 0, { always: true });
    for (const name of ["d", "c", "b", "a"])
      result.addTrace(`while evaluating the attribute '${name}'`, at(`${name} =`));
    return result;
  },

  "many-suggestions": (at) =>
    error("missingAttribute", "attribute 'abcx' missing", at("{ abcd")).suggest(["abc", "abcd", "abce", "zbcx", "ab"]),

  "few-repeats": (at) => {
    const result = error("throw", "end").addTrace("while calling the 'throw' builtin", at("throw"));
    for (let i = 0; i < 3; i++) {
      result.addTrace("while calling 'f'", at("n:"), calling).addTrace("from call site", at("f (n"), calling);
    }
    return result.addTrace("while calling 'f'", at("n:"), calling).addTrace("from call site", at("f 3"), calling);
  },

  recursion: (at) => {
    const result = error("throw", "Uh oh!\n  second line\n\n");
    result.addTrace("while calling the 'throw' builtin", at('throw "'));
    for (let i = 0; i <= 20; i++) {
      const site = i < 20 ? at("throwAfter (n") : at("throwAfter 20");
      result.addTrace("while calling 'throwAfter'", at("n:"), calling).addTrace("from call site", site, calling);
    }
    return result;
  },

  "alternating-recursion": (at) => {
    const result = error("throw", "end").addTrace("while calling the 'throw' builtin", at('throw "'));
    for (const [name, lambda, site] of [
      ["f", at("_:", 2), at("f 8", 1)],
      ["g", at("_:", 1), at("g 8")],
      ["f", at("_:"), at("f 8")],
    ] as const) {
      result.addTrace("while calling anonymous lambda", lambda, calling);
      result.addTrace("from call site", at("next null", name === "f" ? 0 : 1), calling);
      const body = at(`${name} = n: next:`) + "f = n: ".length;
      for (let i = 0; i <= 8; i++) {
        result.addTrace(`while calling '${name}'`, body, calling);
        result.addTrace("from call site", i < 8 ? at(`${name} (n`) : site, calling);
      }
    }
    return result;
  },
};

describe("renderError", () => {
  it("has a case for every fixture", () => {
    const fixtures = fs.readdirSync(folder).filter((name) => name.endsWith(".nix"));
    expect(fixtures.map((name) => name.slice(0, -4)).sort()).toEqual(Object.keys(cases).sort());
  });

  it.each(Object.keys(cases))("prints %s as Nix does", (name) => {
    const { positions, at } = open(name);
    const options = { color: false };
    expect(renderError(cases[name]!(at), positions, { ...options, showTrace: false })).toBe(read(`${name}.err`));
    expect(renderError(cases[name]!(at), positions, { ...options, showTrace: true })).toBe(read(`${name}.trace.err`));
  });

  it("colours the same parts on a terminal, but for words in messages that are no names", () => {
    const { positions, at } = open("truncated");
    const report = renderError(cases["truncated"]!(at), positions, { showTrace: false, color: true });
    expect(report).toBe(read("truncated.color.err").replace("\x1b[35;1ma set\x1b[0m", "a set"));
  });

  it("indents by the width of the prefix", () => {
    const { positions, at } = open("no-trace");
    const warning = { message: "first\nsecond", pos: at("missing"), trace: [], suggestions: [] };
    const report = renderError(warning, positions, { showTrace: false, color: false, prefix: "evaluation warning" });
    expect(report).toBe(
      [
        "evaluation warning: first",
        "                    second",
        "                    at /tmp/error-report/no-trace.nix:1:1:",
        "                         1| missing",
        "                          | ^",
        "",
      ].join("\n"),
    );
  });

  it("shows where text without a file came from", () => {
    const positions = new PositionTable();
    const stdin = positions.addSource({ kind: "stdin" }, "\n\nx");
    const internal = positions.addSource({ kind: "internal", name: "derivation-internal.nix" }, "y");
    const report = renderError(
      error("throw", "no", stdin.base + 2).addTrace("while deriving", internal.base),
      positions,
      { showTrace: false, color: false },
    );
    expect(report).toBe(
      bytesFromText(`error:
       … while deriving
         at «nix-internal»/derivation-internal.nix:1:1:
            1| y
             | ^

       error: no
       at «stdin»:3:1:
            2|
            3| x
             | ^
`),
    );
  });
});
