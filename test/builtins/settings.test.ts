// What expressions give under settings that change the builtins: pure and restricted evaluation, features, native code.
import fs from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { builtinDefinitions, constantDefinitions } from "../../src/builtins/registry.ts";
import { type CommandSpec, parseArguments } from "../../src/cli/arguments.ts";
import { evaluationSettings } from "../../src/cli/evaluation-settings.ts";
import { readConfig } from "../../src/cli/nix-config.ts";
import { ContextCollector } from "../../src/evaluator/coerce.ts";
import { Evaluator } from "../../src/evaluator/evaluator.ts";
import { toJson } from "../../src/evaluator/json.ts";
import type { Host } from "../../src/host/host.ts";
import { createNodeHost } from "../../src/host/node-host.ts";
import { bytesFromText } from "../../src/source/bytes.ts";
import { renderError } from "../../src/source/error-report.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { noPos } from "../../src/source/position.ts";
import { VirtualStore } from "../../src/store/virtual-store.ts";
import { expressionGroups } from "./derivation-fixtures/expressions.ts";
import { messageOf } from "./derivation-fixtures/report-message.ts";

const folder = path.join(import.meta.dirname, "derivation-fixtures");
const expected = JSON.parse(fs.readFileSync(path.join(folder, "expressions.json"), "utf8")) as unknown[][];

const command: CommandSpec = {
  name: "",
  usage: [],
  summary: "",
  description: [],
  examples: [],
  groups: [
    { title: "", options: { include: { names: ["-I"], values: ["PATH"] }, write: { names: ["--read-write-mode"] } } },
  ],
  usageStatus: 1,
};

/** The machine's host, standing in the folder of the fixtures, without its variables. */
const host: Host = Object.create(createNodeHost(), {
  workingDir: { value: bytesFromText(folder) },
  env: { value: () => undefined },
  writeError: { value: () => {} },
}) as Host;

function evaluate(expression: string, flags: readonly string[]): unknown {
  const parsed = parseArguments(command, flags);
  const settings = evaluationSettings(
    readConfig(host, parsed, () => {}),
    parsed,
    host,
    [],
  );
  const store = new VirtualStore({ files: host.files });
  const builtins = builtinDefinitions;
  const evaluator = new Evaluator({ host, store, settings, builtins, constants: constantDefinitions });
  evaluator.interpreter.isReadOnly = !flags.includes("--read-write-mode");
  try {
    return evaluator.guarded(() => {
      const value = evaluator.evaluateText(expression, { kind: "string" }, host.workingDir);
      const json = toJson(evaluator.interpreter, value, noPos, new ContextCollector());
      return JSON.parse(json.replaceAll(host.workingDir, "<here>")) as unknown;
    });
  } catch (error) {
    if (!(error instanceof NixError)) throw error;
    const report = renderError(error, evaluator.interpreter.positions, { showTrace: false, color: false });
    return messageOf(report).replaceAll(host.workingDir, "<here>");
  }
}

describe.each(expressionGroups.map((group, index) => ({ ...group, results: expected[index] ?? [] })))(
  "with $flags",
  ({ flags, expressions, results }) => {
    it("has results for all expressions", () => {
      expect(results.length).toBe(expressions.length);
    });

    it.each(expressions.map((expression, index) => ({ expression, result: results[index] })))(
      "$expression",
      ({ expression, result }) => {
        expect(evaluate(expression, flags)).toEqual(result);
      },
    );
  },
);
