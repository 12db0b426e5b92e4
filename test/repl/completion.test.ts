// What Tab offers for a line, and what part of the line it is about.
import { describe, expect, it } from "vitest";
import { complete } from "../../src/repl/completion.ts";
import { sessionInMemory } from "./session-in-memory.ts";

const files = {
  "/home/user/project/default.nix": "{ }",
  "/home/user/project/data/one.json": "{}",
  "/home/user/project/data/other.json": "{}",
  "/home/user/.hidden/x": "",
  "/home/user/visible.nix": "1",
  "/nixpkgs/lib/default.nix": "{ }",
  "/nixpkgs/default.nix": "{ }: { }",
  "/search/found.nix": "{ }",
};

const { repl, reported } = sessionInMemory(files, {
  settings: {
    nixPath: [
      { prefix: "nixpkgs", path: "/nixpkgs" },
      { prefix: "", path: "/search" },
    ],
  },
});
repl.submit('set = { apple = 1; apricot.kernel = 2; banana = 3; "with space" = 4; "if" = 5; }');
repl.submit('fails = throw "failed"; number = 5; setter = 6');

const offered = (line: string) => complete(repl.session, line);

describe("variables", () => {
  it("are those of the session and of the language", () => {
    expect(offered("se")).toEqual({ typed: "se", candidates: ["set", "setter"] });
    expect(offered("1 + num")).toEqual({ typed: "num", candidates: ["number"] });
    expect(offered("[ (baseN")).toEqual({ typed: "baseN", candidates: ["baseNameOf"] });
    expect(offered('"text ${num')).toEqual({ typed: "num", candidates: ["number"] });
    expect(offered("builtin")).toEqual({ typed: "builtin", candidates: ["builtins"] });
  });

  it("are not offered where nothing was typed, nor in numbers and strings", () => {
    for (const line of ["", "1 + ", "( ", "12n", '"num']) expect(offered(line).candidates).toEqual([]);
  });

  it("are those of the prelude too", () => {
    const withPrelude = sessionInMemory({}, { prelude: true });
    expect(complete(withPrelude.repl.session, "buildCont").candidates).toEqual(["buildContainer"]);
  });
});

describe("attributes", () => {
  it("are those of what the names before mean", () => {
    expect(offered("set.ap")).toEqual({ typed: "set.ap", candidates: ["set.apple", "set.apricot"] });
    expect(offered("f (set.apricot.k")).toEqual({ typed: "set.apricot.k", candidates: ["set.apricot.kernel"] });
    expect(offered("set.apricot.").candidates).toEqual(["set.apricot.kernel"]);
    expect(offered("builtins.attrN").candidates).toEqual(["builtins.attrNames"]);
  });

  it("have quotes where they need them", () => {
    expect(offered("set.").candidates).toContain('set."with space"');
    expect(offered("set.").candidates).toContain('set."if"');
    expect(offered('set."wi').candidates).toEqual(['set."with space"']);
  });

  it("are none where there is no set, and no error is shown", () => {
    for (const line of ["fails.a", "number.a", "nosuch.a", "set.nosuch.a", "set.apple.x"]) {
      expect(offered(line).candidates).toEqual([]);
    }
    expect(reported()).toEqual([]);
  });
});

describe("commands", () => {
  it("are offered at the start only", () => {
    expect(offered(":rel")).toEqual({ typed: ":rel", candidates: [":reload"] });
    expect(offered("  :e").candidates).toEqual([":e", ":edit"]);
    expect(offered("1 :e").candidates).toEqual([]);
    expect(offered(":t se").candidates).toEqual(["set", "setter"]);
  });
});

describe("files", () => {
  it("are offered for paths, folders with a slash", () => {
    expect(offered("/home/user/pro")).toEqual({ typed: "/home/user/pro", candidates: ["/home/user/project/"] });
    expect(offered("import /home/user/project/data/o").candidates).toEqual([
      "/home/user/project/data/one.json",
      "/home/user/project/data/other.json",
    ]);
    expect(offered("./home/user/vis").candidates).toEqual(["./home/user/visible.nix"]);
    expect(offered('"/home/user/vis').candidates).toEqual(["/home/user/visible.nix"]);
  });

  it("are hidden when their names begin with a dot, unless that was typed", () => {
    expect(offered("/home/user/").candidates).toEqual(["/home/user/project/", "/home/user/visible.nix"]);
    expect(offered("/home/user/.").candidates).toEqual(["/home/user/.hidden/"]);
  });

  it("are offered as arguments of commands that take them", () => {
    expect(offered(":l home/user/vis").candidates).toEqual(["home/user/visible.nix"]);
    expect(offered(":load ho").candidates).toEqual(["home/"]);
  });

  it("are none in folders that are not there", () => {
    expect(offered("/nosuch/").candidates).toEqual([]);
  });
});

describe("the search path", () => {
  it("is offered behind an angle bracket", () => {
    expect(offered("import <nix")).toEqual({ typed: "<nix", candidates: ["<nixpkgs"] });
    expect(offered("<nixpkgs/l")).toEqual({ typed: "<nixpkgs/l", candidates: ["<nixpkgs/lib/"] });
    expect(offered("<fo").candidates).toEqual(["<found.nix"]);
    expect(offered(":l <nixpkgs/d").candidates).toEqual(["<nixpkgs/default.nix"]);
  });
});
