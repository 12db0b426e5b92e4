// The commands that work as those of C++ Nix: hashes, archives, store paths, settings and derivations as it prints them.
// The fixtures are made by C++ Nix (nix-commands/regenerate.ts); where 2.36 differs from 2.34, they are those of 2.36.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { cases } from "./nix-commands/cases.ts";
import { type Outcome, runCase } from "./nix-commands/run-case.ts";

const folder = path.join(import.meta.dirname, "nix-commands");
const launcher = path.resolve(import.meta.dirname, "../../bin/ocinix");
const read = (name: string): Record<string, Outcome> => {
  return JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")) as Record<string, Outcome>;
};
const ofOld = read("expected.json");
const expected: Record<string, Outcome> = { ...ofOld, ...read("expected-2.36.json") };

const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-commands-"));
afterAll(() => {
  spawnSync("chmod", ["-R", "u+w", scratch]);
  fs.rmSync(scratch, { recursive: true });
});

function ocinix(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  const child = spawnSync(launcher, words, {
    cwd: folder,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: scratch, OCINIX_STORE: `${scratch}/store`, ...env },
  });
  return { status: child.status, stdout: child.stdout, stderr: child.stderr };
}

describe("commands as those of Nix", () => {
  it("have an expectation for every case, and each case once", () => {
    expect(Object.keys(ofOld)).toEqual(cases.map(({ words }) => words.join(" ")));
    expect(cases.length).toBeGreaterThanOrEqual(130);
  });

  it.for(cases.map(({ words }) => [words.join(" "), words] as const))("%s", ([name, words]) => {
    const outcome = runCase(launcher, words, words[0] === "store" ? "all" : "none");
    expect({ ...outcome, stderr: asNix(outcome.stderr) }).toEqual(expected[name]);
  });
});

/** The program's name in a usage error, with a suggestion that C++ Nix does not make. */
function asNix(stderr: string): string {
  return stderr.replace(/'ocinix [a-z0-9 -]+ --help'/, "'nix --help'").replace(/^ +Did you mean --.*\n/m, "");
}

describe("beyond that", () => {
  it("derivation show takes store paths, also of outputs", () => {
    const expr = `derivation { name = "a"; system = "s"; builder = "b"; }`;
    const drvPath = ocinix(["instantiate", "-E", expr]).stdout.trim();
    expect(drvPath).toMatch(/^\/nix\/store\/.*-a\.drv$/);
    const shown = ocinix(["derivation", "show", "--no-prelude", "-E", expr]);
    expect(ocinix(["derivation", "show", drvPath])).toEqual(shown);
    expect(ocinix(["derivation", "show", `${drvPath}^out`])).toEqual(shown);
    expect(ocinix(["derivation", "show", drvPath.replace("-a.", "-b.")])).toMatchObject({ status: 1, stdout: "" });
  });

  it("config show prints every setting, in lines and as JSON", () => {
    const lines = ocinix(["config", "show", "--cores", "3"]).stdout.split("\n");
    expect(lines).toContain("cores = 3");
    expect(lines).toContain("message-version = 2.36");
    expect(lines.filter((line) => line !== "").every((line) => / = /.test(line))).toBe(true);
    expect(lines).toEqual(lines.toSorted((a, b) => (b === "" ? -1 : a === "" ? 1 : a < b ? -1 : 1)));
    const json = JSON.parse(ocinix(["config", "show", "--json", "--cores", "3"]).stdout) as Record<string, unknown>;
    expect(json["cores"]).toEqual({
      aliases: ["build-cores"],
      defaultValue: 0,
      experimentalFeature: null,
      value: 3,
    });
    expect(json["flake-registry"]).toMatchObject({ experimentalFeature: "flakes" });
  });

  it("a large archive goes through without being in memory", () => {
    const file = `${scratch}/large`;
    fs.writeFileSync(file, "");
    fs.truncateSync(file, 300_000_000);
    const listing = spawnSync(
      "sh",
      ["-c", '"$0" nar pack "$1" > "$1.nar" && "$0" nar ls -l "$1.nar" /', launcher, file],
      {
        encoding: "utf8",
        env: { PATH: process.env["PATH"], HOME: scratch, NODE_OPTIONS: "--max-old-space-size=100" },
      },
    );
    expect(listing.stdout).toBe("-r--r--r--            300000000 \n");
    expect(fs.statSync(`${file}.nar`).size).toBe(300_000_000 + 112);
    fs.rmSync(`${file}.nar`);
  });
});
