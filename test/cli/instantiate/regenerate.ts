// Writes expected.json with C++ Nix 2.34, and what 2.36 does differently to expected-2.36.json:
// `node test/cli/instantiate/regenerate.ts FOLDER-OF-NIX-INSTANTIATE [FOLDER-OF-THAT-OF-2.36]`.
import fs from "node:fs";
import path from "node:path";
import { cases } from "./cases.ts";
import { nameOf, type Outcome, runCase } from "./run-case.ts";

const [programs, newPrograms] = process.argv.slice(2);
if (programs === undefined) {
  process.stderr.write("usage: regenerate.ts <folder with nix-instantiate> [<folder with that of 2.36>]\n");
  process.exit(2);
}
const outcomes = run(programs);
write("expected.json", outcomes);
if (newPrograms !== undefined) {
  const others = Object.entries(run(newPrograms)).filter(([name, outcome]) => !isSame(outcome, outcomes[name]!));
  write("expected-2.36.json", Object.fromEntries(others));
}

function run(folder: string): Record<string, Outcome> {
  const nixInstantiate = [path.resolve(folder, "nix-instantiate")];
  return Object.fromEntries(cases.map((one) => [nameOf(one), runCase(nixInstantiate, one)]));
}

function isSame(a: Outcome, b: Outcome): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function write(name: string, outcomes: Record<string, Outcome>): void {
  fs.writeFileSync(path.join(import.meta.dirname, name), `${JSON.stringify(outcomes, undefined, 2)}\n`);
}
