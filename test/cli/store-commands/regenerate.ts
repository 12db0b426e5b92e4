// Writes expected.json with C++ Nix 2.34, and the scenarios in which 2.36 does something else to expected-2.36.json:
// `node test/cli/store-commands/regenerate.ts FOLDER-OF-NIX FOLDER-OF-NIX-2.36`.
import fs from "node:fs";
import path from "node:path";
import { runScenario, type StepOutcome } from "./run-scenario.ts";
import { scenarios } from "./scenarios.ts";

const [programs, newPrograms] = process.argv.slice(2);
if (programs === undefined || newPrograms === undefined) {
  process.stderr.write("usage: regenerate.ts <folder with nix> <folder with nix 2.36>\n");
  process.exit(2);
}

type Outcomes = Readonly<Record<string, readonly StepOutcome[]>>;
const old = run(programs);
const recent = Object.entries(run(newPrograms)).filter(([name, outcomes]) => {
  return JSON.stringify(outcomes) !== JSON.stringify(old[name]);
});
write("expected.json", old);
write("expected-2.36.json", Object.fromEntries(recent));

function run(folder: string): Outcomes {
  const program = (name: string): string => path.resolve(folder, name);
  const nix = {
    command: ({ nix: [name = "", ...words] }: { readonly nix: readonly string[] }) => [program(name), ...words],
    instantiate: [program("nix-instantiate")],
    pack: [program("nix"), "nar", "pack"],
  };
  return Object.fromEntries(Object.entries(scenarios).map(([name, steps]) => [name, runScenario(nix, steps)]));
}

function write(name: string, outcomes: Outcomes): void {
  fs.writeFileSync(path.join(import.meta.dirname, name), `${JSON.stringify(outcomes, undefined, 2)}\n`);
}
