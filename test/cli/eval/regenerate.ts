// Writes expected.json with C++ Nix 2.34, and what 2.36 does differently to expected-2.36.json:
// `node test/cli/eval/regenerate.ts FOLDER-OF-NIX [FOLDER-OF-NIX-2.36]`.
import fs from "node:fs";
import path from "node:path";
import { type Case, cases } from "./cases.ts";
import { nameOf, type Outcome, runCase } from "./run-case.ts";

const [programs, newPrograms] = process.argv.slice(2);
if (programs === undefined) {
  process.stderr.write("usage: regenerate.ts <folder with nix> [<folder with nix 2.36>]\n");
  process.exit(2);
}
const outcomes = run(programs);
write("expected.json", outcomes);
if (newPrograms !== undefined) {
  const isNew = ([name, outcome]: [string, Outcome]): boolean => {
    return JSON.stringify(outcome) !== JSON.stringify(outcomes[name]);
  };
  write("expected-2.36.json", Object.fromEntries(Object.entries(run(newPrograms)).filter(isNew)));
}

function words({ expr, file, attr, flags = [] }: Case): string[] {
  return [
    ...["--extra-experimental-features", "nix-command", "eval", "--impure", ...flags],
    ...(expr === undefined ? ["--file", file ?? ""] : ["--expr", expr]),
    ...(attr === undefined ? [] : [attr]),
  ];
}

function run(folder: string): Record<string, Outcome> {
  const program = path.resolve(folder, "nix");
  return Object.fromEntries(cases.map((one) => [nameOf(one), withoutNetwork(runCase(program, words, one))]));
}

/** Nix says so when it finds itself offline. */
function withoutNetwork(outcome: Outcome): Outcome {
  return { ...outcome, stderr: outcome.stderr.replace(/^warning: you don't have Internet access.*\n/m, "") };
}

function write(name: string, outcomes: Record<string, Outcome>): void {
  fs.writeFileSync(path.join(import.meta.dirname, name), `${JSON.stringify(outcomes, undefined, 2)}\n`);
}
