// `ocinix instantiate` beside nix-instantiate: output, errors, exit status and what is in the store afterwards. The
// fixtures are made by C++ Nix (instantiate/regenerate.ts).
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { type Case, cases } from "./instantiate/cases.ts";
import { nameOf, type Outcome, runCase } from "./instantiate/run-case.ts";

const folder = path.join(import.meta.dirname, "instantiate");
const expected = read("expected.json");
/** Only where C++ Nix 2.36 differs from 2.34. */
const expectedOfNew = read("expected-2.36.json");
const launcher = path.resolve(import.meta.dirname, "../../bin/ocinix");

function read(name: string): Record<string, Outcome> {
  return JSON.parse(fs.readFileSync(path.join(folder, name), "utf8")) as Record<string, Outcome>;
}

function runOcinix(version: string, one: Case): Outcome {
  const outcome = runCase([launcher, "instantiate", "--message-version", version], one);
  return { ...outcome, stderr: asNix(outcome.stderr) };
}

describe("ocinix instantiate", () => {
  it("has an expectation for every case, and each case once", () => {
    expect(Object.keys(expected)).toEqual(cases.map(nameOf));
    expect(cases.length).toBeGreaterThanOrEqual(370);
    expect(Object.keys(expectedOfNew).length).toBeGreaterThanOrEqual(10);
  });

  it.for(cases.map((one) => [nameOf(one), one] as const))("%s", ([name, one]) => {
    expect(runOcinix("2.34", one)).toEqual(expected[name]);
  });

  const others = cases.filter((one) => expectedOfNew[nameOf(one)] !== undefined);
  it.for(others.map((one) => [nameOf(one), one] as const))("of 2.36: %s", ([name, one]) => {
    expect(runOcinix("2.36", one)).toEqual(expectedOfNew[name]);
  });
});

/**
 * Where the texts have to differ: the program's name in a usage error, with a suggestion that C++ Nix does not make, and
 * lines of the file behind `derivation`, which is ours.
 */
function asNix(stderr: string): string {
  return stderr
    .replace("'ocinix instantiate --help'", "'nix-instantiate --help'")
    .replace(/^ +Did you mean --.*\n/m, "")
    .replace(/^( +3[67]\| +)result = derivationStrict/gm, "$1strict = derivationStrict")
    .replace(/^( +\d+\| +(?:outPath|drvPath) = )result\./gm, "$1strict.");
}
