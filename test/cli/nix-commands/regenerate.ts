// Writes input/tree.nar, expected.json with C++ Nix 2.34, and what 2.36 does differently to expected-2.36.json:
// `node test/cli/nix-commands/regenerate.ts FOLDER-OF-NIX [FOLDER-OF-NIX-2.36]`.
import { execFileSync } from "node:child_process";
import fs from "node:fs";
import path from "node:path";
import { type Case, cases } from "./cases.ts";
import { type Outcome, runCase } from "./run-case.ts";

const [programs, newPrograms] = process.argv.slice(2);
if (programs === undefined) {
  process.stderr.write("usage: regenerate.ts <folder with nix> [<folder with nix 2.36>]\n");
  process.exit(2);
}
const features = ["--extra-experimental-features", "nix-command"];
const input = path.join(import.meta.dirname, "input");
const archive = execFileSync(path.resolve(programs, "nix"), [...features, "nar", "pack", `${input}/tree`]);
fs.writeFileSync(`${input}/tree.nar`, archive);

const outcomes = run(programs);
write("expected.json", outcomes);
if (newPrograms !== undefined) {
  const isNew = ([name, outcome]: [string, Outcome]): boolean => {
    return JSON.stringify(outcome) !== JSON.stringify(outcomes[name]);
  };
  write("expected-2.36.json", Object.fromEntries(Object.entries(run(newPrograms)).filter(isNew)));
}

function run(folder: string): Record<string, Outcome> {
  const program = path.resolve(folder, "nix");
  return Object.fromEntries(cases.map((one) => [one.words.join(" "), runNix(program, one)]));
}

/** Looking at a derivation writes it in Nix; only what was added on purpose counts. */
function runNix(program: string, { words, nixWords = words }: Case): Outcome {
  const outcome = runCase(program, [...features, ...nixWords], words[0] === "store" ? "all" : "none");
  return { ...outcome, stderr: outcome.stderr.replace(/^warning: you don't have Internet access.*\n/m, "") };
}

function write(name: string, outcomes: Record<string, Outcome>): void {
  fs.writeFileSync(path.join(import.meta.dirname, name), `${JSON.stringify(outcomes, undefined, 2)}\n`);
}
