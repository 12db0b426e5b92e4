import { describe, expect, it } from "vitest";
import { ContextCollector } from "../../src/evaluator/coerce.ts";
import { forceDeep } from "../../src/evaluator/force-deep.ts";
import { toJson } from "../../src/evaluator/json.ts";
import { renderError } from "../../src/source/error-report.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { noPos } from "../../src/source/position.ts";
import { printAmbiguous } from "../../src/value/print.ts";
import { createEvaluator } from "./create-evaluator.ts";
import { messageOf, type OutcomeGroup, outcomes, regexResults } from "./text-corpus/expressions.ts";
import expected from "./text-corpus/outcomes.json" with { type: "json" };

const evaluator = createEvaluator();

/** What nix-instantiate prints, or the message of the failure. */
function outcomeOf(expression: string): string {
  try {
    return evaluator.guarded(() => {
      const value = evaluator.evaluateText(expression, { kind: "stdin" }, "/");
      forceDeep(evaluator.interpreter, value);
      return `${printAmbiguous(value)}\n`;
    });
  } catch (error) {
    if (!(error instanceof NixError)) throw error;
    return messageOf(renderError(error, evaluator.interpreter.positions, { showTrace: false, color: false }));
  }
}

function jsonOf(expression: string): unknown {
  const value = evaluator.evaluateText(expression, { kind: "stdin" }, "/");
  return JSON.parse(toJson(evaluator.interpreter, value, noPos, new ContextCollector())) as unknown;
}

describe("regular expressions", () => {
  it("have a large corpus", () => {
    expect(regexResults.length).toBeGreaterThanOrEqual(500);
    expect(expected.regexResults.length).toBe(regexResults.length);
  });

  it.each(regexResults.map((expression, index) => [expression, index] as const))("%s", (expression, index) => {
    expect(jsonOf(expression)).toEqual(expected.regexResults[index]);
  });
});

describe.each(Object.keys(outcomes) as OutcomeGroup[])("%s", (group) => {
  const expressions = outcomes[group];

  it("has a large corpus", () => {
    expect(expressions.length).toBeGreaterThanOrEqual(300);
    expect(expected[group].length).toBe(expressions.length);
  });

  it.each(expressions.map((expression, index) => [expression, index] as const))("%s", (expression, index) => {
    expect(outcomeOf(expression)).toBe(expected[group][index]);
  });
});
