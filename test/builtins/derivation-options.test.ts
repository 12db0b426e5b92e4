// Derivations that C++ Nix 2.36 refuses for what their attributes tell the builder (derivation-options/regenerate.ts).
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { bytesFromText, textFromBytes } from "../../src/source/bytes.ts";
import { renderError } from "../../src/source/error-report.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { textOf } from "../../src/value/string-context.ts";
import type { NixString } from "../../src/value/value.ts";
import { createEvaluator } from "./create-evaluator.ts";
import { attributes, derivationWith } from "./derivation-options/attributes.ts";

const file = path.join(import.meta.dirname, "derivation-options/expected.json");
const expected: Readonly<Record<string, string>> = JSON.parse(fs.readFileSync(file, "utf8"));

function evaluate(expression: string, messageVersion: "2.34" | "2.36"): string {
  const evaluator = createEvaluator({ showTrace: true, messageVersion });
  try {
    const value = evaluator.evaluateText(bytesFromText(expression), { kind: "string" }, "/");
    return textOf(value as NixString);
  } catch (error) {
    if (!(error instanceof NixError)) throw error;
    const { positions } = evaluator.interpreter;
    return textFromBytes(renderError(error, positions, { showTrace: true, color: false }));
  }
}

describe("the options of a derivation", () => {
  it("are all tried", () => {
    expect(Object.keys(expected)).toEqual(attributes);
  });

  it.each(attributes)("%s", (text) => {
    // A warning comes before what is compared here.
    const report = expected[text]?.replace(/^warning:.*\n(?: .*\n|\n)*?(?=error:|\/nix)/, "");
    expect(evaluate(derivationWith(text), "2.36")).toBe(report);
  });

  it("are nothing to 2.34", () => {
    expect(evaluate(derivationWith(`exportReferencesGraph = "a";`), "2.34")).toMatch(/^\/nix\/store\/.*-n\.drv$/);
  });
});
