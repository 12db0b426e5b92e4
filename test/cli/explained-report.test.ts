// `--explain` and `--diagnostics json` of every command that evaluates.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";

const launcher = path.resolve(import.meta.dirname, "../../bin/ocinix");
const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-explain-")));
afterAll(() => fs.rmSync(scratch, { recursive: true }));

fs.writeFileSync(`${scratch}/port.nix`, 'let\n  port = 8080;\nin "tcp/" + port\n');

function ocinix(args: readonly string[], env: Record<string, string> = {}) {
  const child = spawnSync(launcher, args, {
    cwd: scratch,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: scratch, OCINIX_STORE: `${scratch}/store`, ...env },
  });
  return { status: child.status, stdout: child.stdout, stderr: child.stderr };
}

const commands = [["eval"], ["instantiate", "--eval"], ["build", "--no-out-link"], ["run"]];

describe("--explain", () => {
  it.each(commands)("explains errors of %s", (...command) => {
    const { status, stdout, stderr } = ocinix([...command, "--explain", "port.nix"]);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(
      stderr.startsWith("error[cannot-coerce]: cannot coerce an integer to a string: 8080\n  --> port.nix:3:13\n"),
    ).toBe(true);
    expect(stderr).toContain(' 3 | in "tcp/" + toString port\n');
  });

  it("changes nothing when there is no error", () => {
    expect(ocinix(["eval", "--explain", "-E", "1 + 1"])).toEqual(ocinix(["eval", "-E", "1 + 1"]));
  });

  it("fits into the width that COLUMNS says", () => {
    const { stderr } = ocinix(["eval", "--explain", "port.nix"], { COLUMNS: "45" });
    expect(
      stderr
        .split("\n")
        .slice(1)
        .filter((line) => line.length > 45),
    ).toEqual([]);
  });

  it("shows every frame with --show-trace", () => {
    const args = ["eval", "--explain", "-E", "let f = n: if n == 0 then throw ''x'' else { a = f (n - 1); }.a; in f 9"];
    const [short, whole] = [ocinix(args).stderr, ocinix([...args, "--show-trace"]).stderr];
    expect(short).toContain("trace, innermost first:");
    expect(whole.length).toBeGreaterThanOrEqual(short.length);
    expect(whole).not.toContain("--show-trace shows all");
  });

  it("explains errors that are not of a program", () => {
    expect(ocinix(["eval", "--explain", "none.nix"]).stderr.startsWith("error[missing-file]: ")).toBe(true);
    expect(ocinix(["build", "--explain", "port.nix", "--", "x"])).toEqual({
      status: 2,
      stdout: "",
      stderr: expect.stringMatching(/^error\[usage\]: .*\nTry 'ocinix build --help' for more information\.\n$/),
    });
  });
});

describe("--diagnostics json", () => {
  it.each(commands)("prints one object for an error of %s", (...command) => {
    const { status, stdout, stderr } = ocinix([...command, "--diagnostics", "json", "port.nix"]);
    expect({ status, stdout, lines: stderr.split("\n").length }).toEqual({ status: 1, stdout: "", lines: 2 });
    expect(JSON.parse(stderr)).toMatchObject({
      severity: "error",
      code: "cannot-coerce",
      message: "cannot coerce an integer to a string: 8080",
      file: `${scratch}/port.nix`,
      range: { start: { line: 3, column: 13, offset: 31 }, end: { line: 3, column: 17, offset: 35 } },
    });
  });

  it("wins over --explain", () => {
    expect(JSON.parse(ocinix(["eval", "--explain", "--diagnostics=json", "port.nix"]).stderr).code).toBe(
      "cannot-coerce",
    );
  });

  it("prints one for a command line that makes no sense, whatever it is", () => {
    for (const args of [
      ["eval", "--diagnostics", "json", "--jsno"],
      ["eval", "--diagnostics=json", "-A"],
      ["build", "--diagnostics", "json", "port.nix", "--", "x"],
    ]) {
      const { status, stderr } = ocinix(args);
      expect(status).toBe(2);
      expect(JSON.parse(stderr)).toMatchObject({ code: "usage", file: null, range: null, trace: [] });
    }
  });

  it("knows no other format", () => {
    const { status, stderr } = ocinix(["eval", "--diagnostics", "xml", "port.nix"]);
    expect(status).toBe(2);
    expect(stderr.split("\n")[0]).toBe("error: '--diagnostics' knows the format 'json', not 'xml'");
  });
});

describe("without them", () => {
  it("the report is the one of Nix", () => {
    const { status, stderr } = ocinix(["eval", "port.nix"]);
    expect(status).toBe(1);
    expect(stderr.startsWith("error:\n       \u2026 ")).toBe(true);
    expect(stderr.endsWith("       error: cannot coerce an integer to a string: 8080\n")).toBe(true);
  });
});
