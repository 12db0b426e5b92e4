// Texts of every kind, read and written by C++ Nix and by ocinix.
import type { Arbitrary } from "fast-check";
import { describe, it } from "vitest";
import { realDifferenceOf } from "../expressions/real-difference.ts";
import { expectSameOutcomes, missingReference, type Program, referencePrograms, runs } from "../reference.ts";
import { jsonValueProgram, misusedProgram, printedProgram, xmlProgram } from "./data-values.ts";
import { jsonProgram, jsonRoundTrip } from "./json-texts.ts";
import { regexProgram } from "./regular-expressions.ts";
import { parseProgram } from "./source-texts.ts";
import { stringBatch, stringProgram } from "./string-calls.ts";
import { tomlProgram } from "./toml-texts.ts";

/** What is tried, and how much of it. */
const properties: readonly (readonly [name: string, programs: Arbitrary<Program>, share: number])[] = [
  ["regular expressions", regexProgram, 0.5],
  ["fromJSON", jsonProgram, 0.4],
  ["fromJSON and toJSON", jsonRoundTrip, 0.1],
  ["fromTOML", tomlProgram, 0.5],
  ["toXML", xmlProgram, 0.2],
  ["toJSON", jsonValueProgram, 0.2],
  ["printing", printedProgram, 0.2],
  ["values in messages", misusedProgram, 0.3],
  ["builtins on strings", stringProgram, 0.4],
  ["several builtins on strings", stringBatch, 0.1],
  ["parsing", parseProgram, 0.5],
];

const hasReference = referencePrograms !== undefined;

describe.skipIf(!hasReference)(`the same as C++ Nix${hasReference ? "" : ` (skipped: ${missingReference})`}`, () => {
  it.each(properties)("%s", async (_name, programs, share) => {
    await expectSameOutcomes(programs, { count: Math.ceil(runs * share), difference: realDifferenceOf });
  });
});
