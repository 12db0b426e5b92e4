// `ocinix eval`: what it prints beside `nix eval` (eval/regenerate.ts makes the fixtures), and what it has of its own.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { type Case, cases } from "./eval/cases.ts";
import { nameOf, type Outcome, runCase } from "./eval/run-case.ts";

const launcher = path.resolve(import.meta.dirname, "../../bin/ocinix");
const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-eval-")));
afterAll(() => {
  spawnSync("chmod", ["-R", "u+w", scratch]);
  fs.rmSync(scratch, { recursive: true });
});

function ocinix(args: readonly string[], input = "") {
  const child = spawnSync(launcher, ["eval", ...args], {
    cwd: scratch,
    encoding: "utf8",
    input,
    env: { PATH: process.env["PATH"], HOME: scratch },
  });
  return { status: child.status, stdout: child.stdout, stderr: child.stderr };
}

describe("without the prelude it is nix eval", () => {
  const expected = read("expected.json");
  /** Only where C++ Nix 2.36 differs from 2.34. */
  const expectedOfNew = read("expected-2.36.json");
  const words =
    (version: string) =>
    ({ expr, file, attr, flags = [] }: Case): string[] => [
      ...["eval", "--no-prelude", "--message-version", version, ...flags],
      ...(expr === undefined ? [file ?? ""] : ["-E", expr]),
      ...(attr === undefined ? [] : ["-A", attr]),
    ];

  function read(name: string): Record<string, Outcome> {
    return JSON.parse(fs.readFileSync(path.join(import.meta.dirname, "eval", name), "utf8")) as Record<string, Outcome>;
  }

  it("has an expectation for every case, and each case once", () => {
    expect(Object.keys(expected)).toEqual(cases.map(nameOf));
    expect(cases.length).toBeGreaterThanOrEqual(115);
  });

  it.for(cases.map((one) => [nameOf(one), one] as const))("%s", ([name, one]) => {
    expect(runCase(launcher, words("2.34"), one)).toEqual(expected[name]);
  });

  const others = cases.filter((one) => expectedOfNew[nameOf(one)] !== undefined);
  it.for(others.map((one) => [nameOf(one), one] as const))("of 2.36: %s", ([name, one]) => {
    expect(runCase(launcher, words("2.36"), one)).toEqual(expectedOfNew[name]);
  });
});

describe("the prelude", () => {
  it("brings the names of pkgs, pkgs itself and those of ociTools", () => {
    const expr = "[ (lib.id 1) (pkgs.lib.id 2) (builtins.isFunction buildContainer) (lib.toUpper or 0 ''x'') ]";
    expect(ocinix(["-E", expr])).toEqual({ status: 0, stdout: '[ 1 2 true "X" ]\n', stderr: "" });
  });

  it("stands behind every other meaning of a name", () => {
    const expr =
      "let lib = 1; in [ lib (with { bash = 2; }; bash) (map (x: x) [ 3 ]) (({ pkgs }: pkgs) { pkgs = 4; }) ]";
    expect(ocinix(["-E", expr]).stdout).toBe("[ 1 2 [ 3 ] 4 ]\n");
  });

  it("leaves imported files alone", () => {
    fs.writeFileSync(`${scratch}/imported.nix`, "lib");
    const { status, stderr } = ocinix(["-E", "import ./imported.nix"]);
    expect(status).toBe(1);
    expect(stderr).toContain("undefined variable 'lib'");
  });

  it("is not there with --no-prelude", () => {
    expect(ocinix(["--no-prelude", "-E", "lib"]).stderr).toContain("undefined variable 'lib'");
  });

  it("costs nothing that is not used", () => {
    fs.mkdirSync(`${scratch}/broken`, { recursive: true });
    fs.writeFileSync(`${scratch}/broken/default.nix`, 'throw "looked at"');
    const broken = ["-I", "nixpkgs=broken"];
    expect(ocinix([...broken, "-E", "1 + 1"]).stdout).toBe("2\n");
    expect(ocinix([...broken, "-E", "lib"]).stderr).toContain("error: looked at");
  });

  it("gives functions at the top what they need", () => {
    const expr = "{ lib, x ? 1, pkgs ? 2, ... }: [ (lib.id x) pkgs ]";
    expect(ocinix(["-E", expr]).stdout).toBe("[ 1 2 ]\n");
    expect(ocinix(["-E", expr, "--arg", "x", "3"]).stdout).toBe("[ 3 2 ]\n");
    expect(ocinix(["-E", "{ x }: x", "--argstr", "x", "text"]).stdout).toBe('"text"\n');
    expect(ocinix(["-E", "x: x"]).stdout).toBe("«lambda @ «string»:1:1»\n");
  });

  it("says which argument nobody has", () => {
    const { status, stderr } = ocinix(["-E", "{ lib, bahs }: 1"]);
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: the function needs the argument 'bahs', which pkgs does not have$/m);
    expect(stderr).toMatch(/^ +at «string»:1:8:$/m);
    expect(stderr).toMatch(/Did you mean .*bash/);
  });

  it("knows what an undefined variable could have been", () => {
    expect(ocinix(["-E", "let value = 1; in vaule"]).stderr).toContain("Did you mean value?");
    expect(ocinix(["-E", "bulitins"]).stderr).toContain("Did you mean builtins?");
    expect(ocinix(["-E", "{ argument }: argumant", "--arg", "argument", "1"]).stderr).toContain(
      "Did you mean argument?",
    );
  });
});

describe("output", () => {
  it("goes to files, all or nothing", () => {
    expect(ocinix(["-E", '{ a = "x\\n"; b.c = "y"; }', "--write-to", "tree"])).toEqual({
      status: 0,
      stdout: "",
      stderr: "",
    });
    expect(fs.readFileSync(`${scratch}/tree/a`, "utf8")).toBe("x\n");
    expect(fs.readFileSync(`${scratch}/tree/b/c`, "utf8")).toBe("y");
    const refused = ocinix(["-E", '{ a = "x"; b = 1; }', "--write-to", "half"]);
    expect(refused.status).toBe(1);
    expect(refused.stderr).toContain("at «string»:1:12:");
    expect(fs.existsSync(`${scratch}/half`)).toBe(false);
    expect(ocinix(["-E", '"x"', "--write-to", "tree"]).stderr).toContain("path 'tree' already exists");
  });

  it("shows errors of nested values in their place, with --strict not", () => {
    const expr = '{ a = throw "no"; }';
    expect(ocinix(["-E", expr])).toMatchObject({ status: 0, stdout: "{ a = «error: no»; }\n" });
    expect(ocinix(["--strict", "-E", expr])).toMatchObject({ status: 1, stdout: "" });
  });

  it("takes several sources and attributes", () => {
    expect(ocinix(["-E", "{ a = 1; b = 2; }", "-A", "a", "-A", "b"]).stdout).toBe("1\n2\n");
    expect(ocinix(["-"], "1 + 2").stdout).toBe("3\n");
  });

  it("comes after what an import has to have built", () => {
    const text = ocinix(["-E", 'builtins.readFile (writeText "x" "built")']);
    expect(text).toEqual({ status: 0, stdout: '"built"\n', stderr: "" });
  });

  it("is of one kind", () => {
    expect(ocinix(["--raw", "--json", "-E", "1"])).toMatchObject({ status: 2, stdout: "" });
  });
});
