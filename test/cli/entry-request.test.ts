import { describe, expect, it } from "vitest";
import { parseArguments } from "../../src/cli/arguments.ts";
import { commands } from "../../src/cli/commands.ts";
import { entryRequest, singleEntryRequest } from "../../src/cli/entry-request.ts";

const parse = (words: readonly string[]) => parseArguments(commands.find(({ name }) => name === "eval")!, words);

describe("entryRequest", () => {
  it("evaluates ./default.nix itself when nothing is said", () => {
    const request = entryRequest(parse([]));
    expect(request.sources).toEqual([{ kind: "file", path: "./default.nix" }]);
    expect(request.attrPaths).toEqual([""]);
    expect(request.prelude).toBe(true);
  });

  it("takes operands as files, as expressions after -E, and - as standard input, first", () => {
    expect(entryRequest(parse(["a", "-", "<b>"])).sources).toEqual([
      { kind: "stdin", isRead: false },
      { kind: "file", path: "a" },
      { kind: "file", path: "<b>" },
    ]);
    expect(entryRequest(parse(["1", "-E", "2"])).sources).toEqual([
      { kind: "expr", text: "1" },
      { kind: "expr", text: "2" },
    ]);
    expect(entryRequest(parse(["-"])).sources).toEqual([{ kind: "stdin", isRead: false }]);
    expect(entryRequest(parse(["-", "--arg-from-stdin", "x"])).sources).toEqual([{ kind: "stdin", isRead: true }]);
    expect(entryRequest(parse(["-E"])).sources).toEqual([]);
  });

  it("collects attribute paths and arguments", () => {
    const request = entryRequest(
      parse("-A a -A b --arg x 1 --argstr y t --arg-from-file z f --arg-from-stdin w --no-prelude".split(" ")),
    );
    expect(request.attrPaths).toEqual(["a", "b"]);
    expect(request.prelude).toBe(false);
    expect([...request.args]).toEqual([
      ["x", { kind: "expr", text: "1" }],
      ["y", { kind: "string", text: "t" }],
      ["z", { kind: "file", path: "f" }],
      ["w", { kind: "stdin" }],
    ]);
  });
});

describe("singleEntryRequest", () => {
  it("wants one source and at most one attribute path", () => {
    expect(singleEntryRequest(parse(["a", "-A", "x"])).source).toEqual({ kind: "file", path: "a" });
    expect(() => singleEntryRequest(parse(["a", "b"]))).toThrow("only one file or expression can be given");
    expect(() => singleEntryRequest(parse(["-E"]))).toThrow("needs an expression");
    expect(() => singleEntryRequest(parse(["-A", "x", "-A", "y"]))).toThrow("only once");
  });
});
