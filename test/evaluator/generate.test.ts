// JavaScript for functions: when it is made and when it is not. What it computes is tested by test/lang, on every case.
import { afterEach, describe, expect, it, vi } from "vitest";
import { Evaluation } from "../../src/api/evaluation.ts";
import { defaultSettings, type Settings } from "../../src/evaluator/settings.ts";
import { createMemoryHost } from "../../src/host/memory-host.ts";
import { printAmbiguous } from "../../src/value/print.ts";

interface Result {
  readonly output: string;
  readonly errors: string;
  /** The sources that were made. */
  readonly sources: readonly string[];
}

/** Prints the value of a text, and watches what JavaScript is made. */
function evaluate(text: string, settings: Partial<Settings> = {}, refuse?: Error): Result {
  const sources: string[] = [];
  const RealFunction = Function;
  vi.stubGlobal("Function", function make(...args: string[]) {
    sources.push(args.at(-1)!);
    if (refuse !== undefined) throw refuse;
    return new RealFunction(...args);
  });
  let errors = "";
  const writeError = (bytes: string): void => {
    errors += bytes;
  };
  const host = createMemoryHost({}, { writeError });
  const evaluation = new Evaluation({
    host,
    settings: { ...defaultSettings, ...settings },
    storeDir: undefined,
    prelude: false,
  });
  const output = evaluation.run(() => printAmbiguous(evaluation.evaluateText(text, "string")));
  return { output, errors, sources };
}

afterEach(() => vi.unstubAllGlobals());

const sum = "let sum = n: if n == 0 then 0 else n + sum (n - 1); in sum 40";

describe("JavaScript for a function", () => {
  it("is made once, after so many calls", () => {
    expect(evaluate(sum, { callsBeforeJavaScript: 10 })).toMatchObject({
      output: "820",
      sources: [expect.any(String)],
    });
    expect(evaluate(sum, { callsBeforeJavaScript: 100 })).toMatchObject({ output: "820", sources: [] });
    expect(evaluate(sum, { callsBeforeJavaScript: Number.POSITIVE_INFINITY }).sources).toEqual([]);
  });

  it("has nothing of the program's text in it", () => {
    const program = "let f = { odd ? ''quoted'' }: ''stolen' + `injected` */ \\'' + odd; in f { }";
    const { sources } = evaluate(program, { callsBeforeJavaScript: 0 });
    expect(sources).toHaveLength(1);
    expect(sources[0]).not.toMatch(/odd|quoted|injected|stolen/);
  });

  it("is not made where it may not be", () => {
    const refused = evaluate(sum, { callsBeforeJavaScript: 0 }, new EvalError("refused by the policy"));
    expect(refused).toMatchObject({ output: "820", sources: [expect.any(String)] });
  });

  it("is not made of large functions", () => {
    const items = Array.from({ length: 2000 }, (_, i) => `(n + ${i})`).join(" ");
    const { output, sources } = evaluate(`builtins.length ((n: [ ${items} ]) 0)`, { callsBeforeJavaScript: 0 });
    expect(output).toBe("2000");
    expect(sources).toEqual([]);
  });

  it("is not made where calls are logged or are part of traces", () => {
    const { errors, sources } = evaluate(sum, { callsBeforeJavaScript: 0, traceFunctionCalls: true });
    expect(errors.split("\n").filter((line) => line.startsWith("function-trace entered"))).toHaveLength(
      errors.split("\n").filter((line) => line.startsWith("function-trace exited")).length,
    );
    expect(errors).toContain("function-trace entered");
    expect(sources).toEqual([]);
    expect(evaluate(sum, { callsBeforeJavaScript: 0, showTrace: true }).output).toBe("820");
  });

  it("leaves the limit of nested calls where it is", () => {
    for (const calls of [38, 39, 40, 41, 42, 43]) {
      const run = (callsBeforeJavaScript: number): string => {
        try {
          return evaluate(sum, { callsBeforeJavaScript, maxCallDepth: calls }).output;
        } catch (error) {
          return String(error);
        }
      };
      expect(run(0)).toBe(run(Number.POSITIVE_INFINITY));
    }
  });
});
