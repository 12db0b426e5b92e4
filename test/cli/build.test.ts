// `ocinix build`: what it prints, what it links to, and what it leaves alone. Bundles themselves are tested by running
// the examples.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const launcher = path.resolve(import.meta.dirname, "../../bin/ocinix");
const scratch = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-build-")));
const store = `${scratch}/.local/share/ocinix`;

function ocinix(args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  const child = spawnSync(launcher, ["build", ...args], {
    cwd: scratch,
    encoding: "utf8",
    input: "",
    env: { PATH: process.env["PATH"], HOME: scratch, ...env },
  });
  return { status: child.status, stdout: child.stdout, stderr: child.stderr };
}

const lines = (text: string): string[] => text.split("\n").slice(0, -1);

beforeAll(() => {
  fs.writeFileSync(`${scratch}/default.nix`, `writeText "greeting" "hello"`);
  fs.writeFileSync(
    `${scratch}/several.nix`,
    `rec { b = writeText "b" "2"; a = writeText "a" "1"; again = b; deep.c = writeText "c" "3"; number = 4; }`,
  );
});

afterAll(() => {
  spawnSync("chmod", ["-R", "u+w", scratch]);
  fs.rmSync(scratch, { recursive: true });
});

describe("ocinix build", () => {
  it("says what it builds, prints a path to look into, and links to it", () => {
    const { status, stdout, stderr } = ocinix([]);
    expect({ status, stderr }).toEqual({ status: 0, stderr: "building greeting\n" });
    expect(stdout).toMatch(/^\/.*\/nix\/store\/[0-9a-z]{32}-greeting\n$/);
    expect(stdout.startsWith(store)).toBe(true);
    expect(fs.readFileSync(stdout.trim(), "utf8")).toBe("hello");
    expect(fs.readlinkSync(`${scratch}/result`)).toBe(stdout.trim());
    expect(ocinix([])).toEqual({ status, stdout, stderr: "" });
  });

  it("replaces a result, under any name, or makes none", () => {
    const { stdout } = ocinix(["-E", `writeText "other" "x"`]);
    expect(fs.readlinkSync(`${scratch}/result`)).toBe(stdout.trim());
    expect(ocinix(["-E", `writeText "third" "x"`, "--no-out-link"]).status).toBe(0);
    expect(fs.readlinkSync(`${scratch}/result`)).toBe(stdout.trim());
    expect(ocinix(["-o", "links/named"]).status).toBe(0);
    expect(fs.readFileSync(`${scratch}/links/named`, "utf8")).toBe("hello");
  });

  it("builds everything in a set or list, each once", () => {
    const set = ocinix(["several.nix", "-o", "set"]);
    expect(lines(set.stdout).map((line) => line.replace(/.*-/, ""))).toEqual(["a", "b"]);
    expect(fs.readFileSync(`${scratch}/set-2`, "utf8")).toBe("2");
    const list = ocinix(["-E", `with import ./several.nix; [ ]`, "--no-out-link"]);
    expect(list).toMatchObject({ status: 1, stdout: "" });
    expect(ocinix(["-E", `[ (writeText "x" "1") (writeText "y" "2") ]`, "-o", "list"]).status).toBe(0);
    expect(fs.readFileSync(`${scratch}/list-2`, "utf8")).toBe("2");
  });

  it("takes one attribute, an item, a text that refers to the store, a path", () => {
    expect(ocinix(["several.nix", "-A", "deep.c"]).stdout).toMatch(/-c\n$/);
    expect(ocinix(["-E", `[ 1 (writeText "x" "1") ]`, "-A", "1"]).stdout).toMatch(/-x\n$/);
    const { stdout } = ocinix(["-E", `"\${writeTextDir "sub/file" "inside"}/sub/file"`]);
    expect(fs.readFileSync(`${stdout.trim()}/sub/file`, "utf8")).toBe("inside");
    expect(fs.readFileSync(ocinix(["-E", "./several.nix"]).stdout.trim(), "utf8")).toContain("rec");
  });

  it("describes in JSON", () => {
    const { stdout } = ocinix(["several.nix", "--json", "--no-out-link"]);
    const described = JSON.parse(stdout);
    expect(described).toHaveLength(2);
    expect(described[0]).toEqual({
      attrPath: "a",
      drvPath: expect.stringMatching(/^\/nix\/store\/[0-9a-z]{32}-a\.drv$/),
      outputs: { out: expect.stringMatching(/^\/nix\/store\/[0-9a-z]{32}-a$/) },
      realPath: store + described[0].outputs.out,
    });
  });

  it("with --dry-run says what it would build, and writes nothing", () => {
    const elsewhere = { OCINIX_STORE: `${scratch}/elsewhere` };
    const { status, stdout, stderr } = ocinix(["-E", `writeText "later" "x"`, "--dry-run", "-o", "later"], elsewhere);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "" });
    expect(stderr).toMatch(/^this derivation will be built:\n {2}\/nix\/store\/[0-9a-z]{32}-later\.drv\n$/);
    expect(fs.existsSync(elsewhere.OCINIX_STORE)).toBe(false);
    expect(fs.existsSync(`${scratch}/later`)).toBe(false);
    expect(ocinix(["--dry-run"])).toEqual({ status: 0, stdout: "", stderr: "" });
  });

  it("keeps its objects where it is told", () => {
    const one = ocinix(["--store", "one", "--no-out-link"]).stdout;
    expect(one.startsWith(`${scratch}/one/nix/store/`)).toBe(true);
    const two = ocinix(["--no-out-link"], { OCINIX_STORE: `${scratch}/two` }).stdout;
    expect(two.replace(`${scratch}/two`, "")).toBe(one.replace(`${scratch}/one`, ""));
    const three = ocinix(["--no-out-link"], { XDG_DATA_HOME: `${scratch}/data` }).stdout;
    expect(three.startsWith(`${scratch}/data/ocinix/nix/store/`)).toBe(true);
    expect(ocinix(["--store", "daemon"])).toMatchObject({ status: 2, stdout: "" });
    expect(ocinix([], { HOME: "" })).toMatchObject({ status: 1, stdout: "" });
  });
});
