// `ocinix instantiate` beside nix-instantiate: output, errors, exit status and what is in the store afterwards. The
// fixtures are made by C++ Nix (instantiate/regenerate.ts).
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { cases } from "./instantiate/cases.ts";
import { nameOf, type Outcome, runCase } from "./instantiate/run-case.ts";

const folder = path.join(import.meta.dirname, "instantiate");
const expected: Record<string, Outcome> = JSON.parse(fs.readFileSync(path.join(folder, "expected.json"), "utf8"));
// The fixtures are those of C++ Nix 2.34.
const ocinix = [path.resolve(import.meta.dirname, "../../bin/ocinix"), "instantiate", "--message-version", "2.34"];

describe("ocinix instantiate", () => {
  it("has an expectation for every case, and each case once", () => {
    expect(Object.keys(expected)).toEqual(cases.map(nameOf));
    expect(cases.length).toBeGreaterThanOrEqual(120);
  });

  it.for(cases.map((one) => [nameOf(one), one] as const))("%s", ([name, one]) => {
    const outcome = runCase(ocinix, one);
    expect({ ...outcome, stderr: asNix(outcome.stderr) }).toEqual(expected[name]);
  });
});

/**
 * Where the texts have to differ: the program's name in a usage error, with a suggestion that C++ Nix does not make, and
 * a line of the file behind `derivation`, which is ours.
 */
function asNix(stderr: string): string {
  return stderr
    .replace("'ocinix instantiate --help'", "'nix-instantiate --help'")
    .replace(/^ +Did you mean --.*\n/m, "")
    .replace(/^( +37\| +)result = derivationStrict/gm, "$1strict = derivationStrict");
}
