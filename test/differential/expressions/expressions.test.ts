// Random expressions over the whole language, evaluated by C++ Nix and by ocinix: output, the whole error report and
// exit status, in every way of printing.
import { describe, expect, it } from "vitest";
import { builtinDefinitions } from "../../../src/builtins/registry.ts";
import { expectSameOutcomes, missingReference, referencePrograms } from "../reference.ts";
import { builtinCalls } from "./builtin-calls.ts";
import { fixtureFiles } from "./fixture-files.ts";
import { program } from "./program.ts";
import { realDifferenceOf } from "./real-difference.ts";

const hasReference = referencePrograms !== undefined;

describe("the table of builtins", () => {
  it("has all of them but those that are off, and those with a form of their own", () => {
    const called = new Set(builtinCalls.map(({ name }) => name));
    const missing = builtinDefinitions.map(({ name }) => name).filter((name) => !called.has(name));
    expect(missing.sort()).toEqual(["derivationStrict", "fetchClosure", "fetchTree", "genericClosure"]);
  });
});

describe.skipIf(!hasReference)(`the same as C++ Nix${hasReference ? "" : ` (skipped: ${missingReference})`}`, () => {
  it("expressions", async () => {
    await expectSameOutcomes(program, { difference: realDifferenceOf, files: fixtureFiles });
  });
});
