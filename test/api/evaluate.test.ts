// The library: evaluation with a world that the caller makes up, and a value in the forms a caller can use.
import { describe, expect, it } from "vitest";
import { createMemoryHost, type EvaluateOptions, EvaluationError, evaluate, type NixSource } from "../../src/index.ts";

const host = createMemoryHost(
  {
    "/src/default.nix": "{ lib, name ? ./name.txt }: { text = builtins.readFile name; upper = lib.toUpper ''x''; }",
    "/src/name.txt": "näme\n",
    "/src/broken.nix": "{\n  a = vaule;\n}\n",
    "/lib/tool.nix": "{ answer = 42; }",
  },
  { env: { NIX_PATH: "mine=/lib", USER: "someone" }, workingDir: "/src", system: "aarch64-linux" },
);

const value = (source: NixSource, options: Partial<EvaluateOptions> = {}) => evaluate(source, { host, ...options });

function errorOf(action: () => unknown): EvaluationError {
  try {
    action();
  } catch (error) {
    if (error instanceof EvaluationError) return error;
    throw error;
  }
  throw new Error("expected an EvaluationError");
}

describe("evaluate", () => {
  it("gives values as data", () => {
    expect(value(`{ a = [ 1 2.5 "ä" null true ]; b.c = { }; }`).toData()).toEqual({
      a: [1, 2.5, "ä", null, true],
      b: { c: {} },
    });
    expect(value("9007199254740993").toData()).toBe(9007199254740993n);
    expect(value("-9223372036854775807").toData()).toBe(-9223372036854775807n);
    expect(value("[ 1.0e300 9007199254740992 ]").toData()).toEqual([1e300, 9007199254740992n]);
  });

  it("gives values as text of several kinds", () => {
    const set = value(`{ b = "x"; a = map (x: x) [ 1 ]; }`);
    expect(set.toJson()).toBe('{"a":[1],"b":"x"}');
    expect(set.toString()).toBe('{ a = [ 1 ]; b = "x"; }');
    expect(set.toXml()).toContain('<string value="x" />');
    expect(value('"a\\nä"').toText()).toBe("a\nä");
  });

  it("evaluates only what is asked for", () => {
    const set = value(`{ a = 1; b = throw "asked"; }`);
    expect(set.toString()).toBe("{ a = 1; b = «error: asked»; }");
    expect(errorOf(() => set.toData()).message).toBe("asked");
  });

  it("sees the host's files, environment and platform, and nothing else", () => {
    expect(value({ file: "." }, { attr: "text" }).toData()).toBe("näme\n");
    expect(value({ file: "/src/default.nix" }, { attr: "text" }).toData()).toBe("näme\n");
    expect(value("(import <mine/tool.nix>).answer").toData()).toBe(42);
    expect(value("<tool.nix>", { include: ["/lib"] }).toString()).toBe("/lib/tool.nix");
    expect(value(`[ (builtins.getEnv "USER") builtins.currentSystem ]`).toData()).toEqual(["someone", "aarch64-linux"]);
    expect(value("builtins.currentSystem", { system: "x86_64-linux" }).toData()).toBe("x86_64-linux");
    expect(value("builtins.pathExists /etc/passwd").toData()).toBe(false);
    expect(value(`builtins.getEnv "PATH"`).toData()).toBe("");
  });

  it("has the names of pkgs, on a host that knows no file of them", () => {
    expect(value("lib.toUpper ''x''").toData()).toBe("X");
    expect(value("{ lib }: lib.id 1").toData()).toBe(1);
    expect(value({ file: "." }, { attr: "upper" }).toData()).toBe("X");
    expect(value("(writeText ''x'' ''y'').drvPath").toData()).toMatch(/^\/nix\/store\/[0-9a-z]{32}-x\.drv$/);
    expect(errorOf(() => value("lib", { prelude: false })).kind).toBe("undefinedVariable");
  });

  it("passes arguments", () => {
    const args = { a: [1, 2.5, "ä", null, { b: true }], big: 2n ** 60n };
    expect(value("{ a, big }: [ a big ]", { args }).toData()).toEqual([[1, 2.5, "ä", null, { b: true }], 2n ** 60n]);
    expect(() => value("{ a }: a", { args: { a: 2n ** 64n } })).toThrow(RangeError);
  });

  it("turns features on, and purity", () => {
    const experimentalFeatures = ["pipe-operators"];
    expect(value("1 |> (x: x + 1)", { experimentalFeatures }).toData()).toBe(2);
    expect(errorOf(() => value("1 |> (x: x)")).kind).toBe("syntax");
    expect(errorOf(() => value("import ./name.txt", { pureEval: true })).kind).toBe("restricted");
    expect(value("lib.id 1", { pureEval: true }).toData()).toBe(1);
  });

  it("does not change from one call to the next", () => {
    const changing = createMemoryHost({ "/x.nix": "1" });
    const first = evaluate("import /x.nix", { host: changing });
    changing.files.writeFile("/x.nix", new TextEncoder().encode("2"));
    expect(first.toData()).toBe(1);
    expect(evaluate("import /x.nix", { host: changing }).toData()).toBe(2);
  });
});

describe("errors of an evaluation", () => {
  it("say where, what could have been meant, and read like those of the command line", () => {
    const error = errorOf(() => value({ file: "broken.nix" }).toData());
    expect(error).toMatchObject({
      kind: "undefinedVariable",
      message: "undefined variable 'vaule'",
      place: { file: "/src/broken.nix", line: 2, column: 7 },
    });
    expect(error.report).toMatch(/error: undefined variable 'vaule'\n {7}at \/src\/broken\.nix:2:7:\n/);
    expect(errorOf(() => value("let value = 1; in vaule")).suggestions).toContain("value");
  });

  it("include a program that is too deep for the stack it was given", () => {
    const deep = "let f = n: if n == 0 then 0 else 1 + f (n - 1); in f 100000";
    const error = errorOf(() => value(deep, { maxCallDepth: 1_000_000 }));
    expect(error.kind).toBe("stackOverflow");
    expect(error.message).toMatch(/after \d+ nested calls, of 1000000 that are allowed/);
    const depth = Number(/after (\d+)/.exec(error.message)![1]);
    expect(depth).toBeGreaterThan(100);
    expect(value(deep.replace("100000", String(Math.trunc(depth / 2)))).toData()).toBe(Math.trunc(depth / 2));
  });

  it("and one that is deeper than allowed", () => {
    const error = errorOf(() => value("let f = n: 1 + f (n + 1); in f 0", { maxCallDepth: 50 }));
    expect(error).toMatchObject({ kind: "stackOverflow", message: "stack overflow; max-call-depth exceeded" });
  });
});
