// The commands on a store, as those of C++ Nix. The fixtures are made by C++ Nix (store-commands/regenerate.ts); where
// 2.36 differs from 2.34, they are those of 2.36.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type Programs, runScenario, type StepOutcome } from "./store-commands/run-scenario.ts";
import { scenarios } from "./store-commands/scenarios.ts";

const folder = path.join(import.meta.dirname, "store-commands");
const launcher = path.resolve(import.meta.dirname, "../../bin/ocinix");
const read = (name: string) => {
  return JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")) as Record<string, readonly StepOutcome[]>;
};
const expected = { ...read("expected.json"), ...read("expected-2.36.json") };

const ocinix: Programs = {
  command: ({ words }) => [launcher, ...words],
  instantiate: [launcher, "instantiate"],
  pack: [launcher, "nar", "pack"],
};

describe("commands on a store as those of Nix", () => {
  it("have an expectation for every scenario", () => {
    expect(Object.keys(expected)).toEqual(Object.keys(scenarios));
    expect(Object.values(expected).flat().length).toBeGreaterThanOrEqual(140);
  });

  it.for(Object.keys(scenarios))("%s", (name) => {
    const outcomes = runScenario(ocinix, scenarios[name]!);
    const asNix = outcomes.map((outcome) => ({ ...outcome, stderr: outcome.stderr.map(asInNix) }));
    expect(asNix).toEqual(expected[name]);
  });
});

/** The program's name in a usage error. */
function asInNix(line: string): string {
  return line.replace(/'ocinix [a-z0-9 -]+ --help'/, "'nix --help'");
}
