// What is wrong with a container expression or a command line is said once, readably, with the place in the user's own
// file, and an earlier result stays as it was.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const launcher = path.resolve(import.meta.dirname, "../../bin/ocinix");
const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-bad-input-")));
const good = `buildContainer { args = [ (writeScript "x" "y").outPath ]; }`;
let result = "";

function ocinix(args: readonly string[]) {
  const child = spawnSync(launcher, args, {
    cwd: scratch,
    encoding: "utf8",
    input: "",
    env: { PATH: process.env["PATH"], HOME: scratch },
  });
  return { status: child.status, stdout: child.stdout, stderr: child.stderr };
}

beforeAll(() => {
  fs.writeFileSync(`${scratch}/good.nix`, good);
  expect(ocinix(["build", "good.nix"]).status).toBe(0);
  result = fs.readlinkSync(`${scratch}/result`);
});

afterAll(() => {
  spawnSync("chmod", ["-R", "u+w", scratch]);
  fs.rmSync(scratch, { recursive: true });
});

interface BadInput {
  readonly what: string;
  /** The file, if the input is one. */
  readonly nix?: string;
  /** After `build bad.nix`. */
  readonly args?: readonly string[];
  /** Line and column in the file that the message must name. */
  readonly at?: string;
  readonly says: readonly (string | RegExp)[];
}

const container = (fault: string): string =>
  ["buildContainer {", `  args = [ (writeScript "x" "y").outPath ];`, fault, "}"].join("\n");

const inputs: readonly BadInput[] = [
  { what: "a missing file", says: [`path '${scratch}/bad.nix' does not exist`] },
  { what: "a syntax error", nix: container("  readonly = ;"), at: "3:14", says: ["syntax error, unexpected ';'"] },
  { what: "a file that ends too early", nix: "buildContainer {", at: "1:17", says: ["unexpected end of file"] },
  {
    what: "an undefined variable of the prelude",
    nix: container(`  os = writeScirpt "x" "y";`),
    at: "3:8",
    says: ["undefined variable 'writeScirpt'", /Did you mean .*writeScript/],
  },
  {
    what: "an undefined variable of the file",
    nix: "let\n  command = [ ];\nin\nbuildContainer { args = comand; }",
    at: "4:25",
    says: ["undefined variable 'comand'", "Did you mean command?"],
  },
  {
    what: "a missing attribute",
    nix: container(`  os = pkgs.lib.toUpperr "x";`),
    at: "3:8",
    says: ["attribute 'toUpperr' missing", "Did you mean toUpper?"],
  },
  {
    what: "a missing selected attribute",
    nix: `{ web.container = ${good}; }`,
    args: ["-A", "web.contianer"],
    says: ["attribute 'contianer' in selection path 'web.contianer' not found", "Did you mean container?"],
  },
  {
    what: "args that are no list",
    nix: `buildContainer {\n  args = "/bin/sh";\n}`,
    at: "2:3",
    says: ["args must be a list", "but is a string"],
  },
  { what: "empty args", nix: "buildContainer {\n  args = [ ];\n}", at: "2:3", says: ["args", "empty"] },
  {
    what: "an argument that is no text",
    nix: "buildContainer {\n  args = [ 1 ];\n}",
    at: "2:3",
    says: ["args[0] must be a string, a path or a package, but is an integer"],
  },
  { what: "missing args", nix: "\nbuildContainer { }", at: "2:1", says: ["required argument 'args'"] },
  {
    what: "mounts that are no set",
    nix: container(`  mounts = [ "/data" ];`),
    at: "3:3",
    says: ["mounts must be a set", "but is a list"],
  },
  {
    what: "a mount without its source",
    nix: container(`  mounts."/data" = { type = "bind"; };`),
    at: "3:3",
    says: [`mounts."/data" has no 'source'`],
  },
  {
    what: "a relative mount point",
    nix: container(`  mounts.data = { type = "bind"; source = "/"; };`),
    at: "3:3",
    says: [`mounts."data"`, "absolute path"],
  },
  {
    what: "a mount over the store",
    nix: container(`  mounts."/nix/store" = { type = "bind"; source = "/"; };`),
    at: "3:3",
    says: ["would hide /nix/store"],
  },
  {
    what: "a mount inside a mounted file",
    nix: container(
      `  mounts."/f" = { type = "none"; source = "/etc/passwd"; };\n  mounts."/f/x" = { type = "none"; source = "/"; };`,
    ),
    at: "4:3",
    says: [`mounts."/f/x"`, "inside the place of a file"],
  },
  { what: "an unknown architecture", nix: container(`  arch = "no-such";`), at: "3:3", says: ["arch", "'no-such'"] },
  {
    what: "a readonly that is no Boolean",
    nix: container(`  readonly = "yes";`),
    at: "3:3",
    says: ["readonly must be true or false, but is a string"],
  },
  {
    what: "an unknown argument",
    nix: container("  mount = { };"),
    at: "1:1",
    says: ["unexpected argument 'mount'", "Did you mean mounts?"],
  },
  {
    what: "a program that the machine lacks",
    nix: `buildContainer {\n  args = [ "\${hostProgram "no-such-program"}/bin/x" ];\n}`,
    at: "2:13",
    says: ["no-such-program", /[Ii]nstall it/, "nixpkgs=PATH"],
  },
  {
    what: "the same inside a function of pkgs",
    nix: `let\n  missing = hostProgram "no-such-program";\nin\nbuildContainer { args = [ (lib.getExe missing) ]; }`,
    at: "4:28",
    says: ["no-such-program", /[Ii]nstall it/],
  },
  {
    what: "a function with an argument that nobody has",
    nix: "{\n  lib,\n  bahs,\n}:\nlib",
    at: "3:3",
    says: ["needs the argument 'bahs'", "--arg bahs"],
  },
  {
    what: "a set of containers, none picked",
    nix: `{ web = { container = ${good}; }; }`,
    says: ["nothing to build", "-A", "web.container"],
  },
  { what: "a value that is nothing to build", nix: "x: x", at: "1:1", says: ["nothing to build", "found a function"] },
  { what: "a text that is in no store", nix: '"text"', says: ["nothing to build"] },
  {
    what: "what has to run a script",
    nix: `runCommand "x" { } "touch $out"`,
    says: ["cannot build", "-x.drv", "sandboxed builder"],
  },
  {
    what: "an infinite recursion",
    nix: "let\n  x = x;\nin x",
    at: "2:7",
    says: ["infinite recursion encountered"],
  },
  {
    what: "an endless recursion",
    nix: "let\n  f = x: 1 + f (x + 1);\nin f 0",
    at: "2:14",
    says: ["stack overflow; max-call-depth exceeded"],
  },
  {
    what: "an output over a file",
    nix: good,
    args: ["-o", "good.nix"],
    says: [`${scratch}/good.nix`, "is not replaced"],
  },
  { what: "an output below a file", nix: good, args: ["-o", "good.nix/x"], says: [`${scratch}/good.nix/x`] },
  { what: "an output where nothing can be", nix: good, args: ["-o", "/proc/result"], says: ["/proc/result"] },
  {
    what: "a store where nothing can be",
    nix: good,
    args: ["--store", "/proc/store"],
    says: ["/proc/store", "--store"],
  },
];

describe("ocinix build", () => {
  it.for(inputs.map((input) => [input.what, input] as const))("of %s", ([, { nix, args = [], at, says }]) => {
    const file = `${scratch}/bad.nix`;
    fs.rmSync(file, { force: true });
    if (nix !== undefined) fs.writeFileSync(file, nix);
    const { status, stdout, stderr } = ocinix(["build", "bad.nix", ...args]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr.match(/^ *error:/gm)).toHaveLength(1);
    expect(stderr.replace(/^building .*\n/gm, "")).toMatch(/^error: /);
    if (at !== undefined) expect(stderr).toContain(`at ${file}:${at}:`);
    for (const words of says) expect(stderr).toMatch(typeof words === "string" ? escaped(words) : words);
    expect(stderr).not.toContain("nix-internal");
    expect(stderr).not.toMatch(/nixpkgs\/[a-z-]+\.nix/);
    expect(fs.readlinkSync(`${scratch}/result`)).toBe(result);
  });

  it("tells a wrong command line from a wrong program", () => {
    for (const args of [["good.nix", "other.nix"], ["-A", "a", "-A", "b"], ["--outlink", "x"], ["-E"], ["--", "x"]]) {
      const { status, stdout, stderr } = ocinix(["build", ...args]);
      expect({ args, status, stdout }).toEqual({ args, status: 2, stdout: "" });
      expect(stderr).toMatch(/^error: .*\n(?: +.*\n)*Try 'ocinix build --help' for more information\.\n$/);
    }
  });
});

describe("ocinix run", () => {
  it("starts nothing that was not built", () => {
    fs.writeFileSync(`${scratch}/bad.nix`, container("  readonly = 1;"));
    const { status, stdout, stderr } = ocinix(["run", "bad.nix"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toContain("readonly must be true or false");
  });

  it("wants one container, which is a bundle", () => {
    fs.writeFileSync(`${scratch}/bad.nix`, `{ a = ${good}; b = ${good.replace('"y"', '"z"')}; }`);
    expect(ocinix(["run", "bad.nix"]).stderr).toMatch(/^error: .*: a, b$/m);
    fs.writeFileSync(`${scratch}/bad.nix`, `writeText "x" "y"`);
    expect(ocinix(["run", "bad.nix"])).toMatchObject({ status: 1, stderr: expect.stringContaining("is not a bundle") });
  });

  it("knows no runtime of another name", () => {
    const { status, stderr } = ocinix(["run", "good.nix", "--runtime", "no-such-runtime"]);
    expect(status).toBe(1);
    expect(stderr).toContain("the container runtime 'no-such-runtime' is not installed");
  });
});

function escaped(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
}
