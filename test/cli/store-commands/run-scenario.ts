// Runs a scenario with nix or ocinix, and tells all that can be observed after each step. Outputs are bytes, one character
// each; what a collection tells of its progress has no order, so that lines of standard error are sorted.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Step } from "./scenarios.ts";

export interface StepOutcome {
  readonly words: string;
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: readonly string[];
  /** The objects in the store afterwards, with how many names their files have, where that is not one; if it changed. */
  readonly objects?: readonly string[];
}

/** How a program is started for a step, and how it adds the objects; gives program and words. */
export interface Programs {
  readonly command: (step: Extract<Step, { readonly words: unknown }>) => readonly string[];
  readonly instantiate: readonly string[];
  /** Packs a file into an archive. */
  readonly pack: readonly string[];
}

export function runScenario(programs: Programs, steps: readonly Step[]): readonly StepOutcome[] {
  const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "ocinix-store-")));
  const dir = path.join(home, "work");
  const store = path.join(home, "store");
  const env = {
    PATH: process.env["PATH"],
    HOME: home,
    NIX_REMOTE: store,
    OCINIX_STORE: store,
    NIX_CONFIG: "build-users-group =\nsubstituters =\nextra-experimental-features = nix-command",
    _NIX_TEST_NO_ENVIRONMENT_WARNINGS: "1",
  };
  const run = ([program = "", ...words]: readonly string[], input: Buffer | string = "") => {
    const child = spawnSync(program, words, { cwd: dir, env, input, maxBuffer: 1 << 28 });
    if (child.error) throw child.error;
    return child;
  };
  try {
    fs.cpSync(path.join(import.meta.dirname, "input"), dir, { recursive: true, verbatimSymlinks: true });
    for (const [name, source] of [
      ["tree.nar", "tree"],
      ["file.nar", "tree/a"],
      ["link.nar", "tree/link"],
    ] as const) {
      fs.writeFileSync(path.join(dir, name), run([...programs.pack, source]).stdout);
    }
    fs.writeFileSync(path.join(dir, "cut.nar"), fs.readFileSync(path.join(dir, "tree.nar")).subarray(0, 500));
    const evaluated = run([
      ...programs.instantiate,
      "--eval",
      "--strict",
      "--json",
      "--read-write-mode",
      "objects.nix",
    ]);
    const objects = new Map(Object.entries(JSON.parse(evaluated.stdout.toString()) as Record<string, string>));
    const named = (text: string): string => text.replace(/@(\w+)@/g, (_, name: string) => objects.get(name) ?? "");
    const at = (place: string): string => store + named(place);
    const leave = (bytes: Buffer): string => {
      return bytes
        .toString("latin1")
        .replaceAll(home, "@home@")
        .replace(/("registrationTime": ?)\d+/g, "$11")
        .replace(/hard linking is currently saving -?\d+\.\d/g, "hard linking is currently saving 0.0");
    };
    let before: readonly string[] = [];
    const outcomes: StepOutcome[] = [];
    for (const step of steps) {
      if ("edit" in step) {
        step.edit(at, named);
        continue;
      }
      const words = programs.command(step).map(named);
      const child = run(words, step.input === undefined ? "" : fs.readFileSync(path.join(dir, step.input)));
      const after = objectsIn(`${store}/nix/store`);
      outcomes.push({
        words: step.words.join(" "),
        status: child.status,
        stdout: leave(child.stdout),
        stderr: leave(child.stderr)
          .split("\n")
          .filter((line) => line !== "" && !/^removing stale temporary roots file/.test(line))
          .sort(),
        ...(after.join() !== before.join() && { objects: after }),
      });
      before = after;
    }
    return outcomes;
  } finally {
    spawnSync("chmod", ["-R", "u+w", home]);
    fs.rmSync(home, { recursive: true });
  }
}

function objectsIn(folder: string): string[] {
  const names = fs.readdirSync(folder, { recursive: true, encoding: "utf8" });
  return names
    .filter((name) => !name.startsWith(".") && !name.endsWith(".lock"))
    .map((name) => {
      const stat = fs.lstatSync(path.join(folder, name));
      return stat.isDirectory() || stat.nlink === 1 ? name : `${name} ${stat.nlink}`;
    })
    .sort();
}
