// fetchGit of repositories on this machine, compared with what C++ Nix makes of them.
import { spawnSync } from "node:child_process";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtinDefinitions, constantDefinitions } from "../../src/builtins/registry.ts";
import { ContextCollector } from "../../src/evaluator/coerce.ts";
import { Evaluator } from "../../src/evaluator/evaluator.ts";
import { toJson } from "../../src/evaluator/json.ts";
import { defaultSettings } from "../../src/evaluator/settings.ts";
import type { Host } from "../../src/host/host.ts";
import { createNodeHost } from "../../src/host/node-host.ts";
import { bytesFromText } from "../../src/source/bytes.ts";
import { renderError } from "../../src/source/error-report.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { noPos } from "../../src/source/position.ts";
import { VirtualStore } from "../../src/store/virtual-store.ts";
import { messageOf } from "./derivation-fixtures/report-message.ts";
import { fetchExpression, firstCommit } from "./git-fixtures/fetch-expression.ts";
import { fetches, makeRepositories } from "./git-fixtures/repositories.ts";

const results = JSON.parse(
  fs.readFileSync(path.join(import.meta.dirname, "git-fixtures/results.json"), "utf8"),
) as Record<string, unknown>;
const hasGit = spawnSync("git", ["--version"]).status === 0;

describe.skipIf(!hasGit)("fetchGit of a repository on this machine", () => {
  let folder: string;
  let rev: string;

  beforeAll(() => {
    folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "ocinix-git-"));
    makeRepositories(folder);
    rev = firstCommit(folder);
  });
  afterAll(() => fs.rmSync(folder, { recursive: true }));

  function evaluate(argument: string): unknown {
    const host: Host = Object.create(createNodeHost(), {
      workingDir: { value: folder },
      writeError: { value: () => {} },
    });
    const evaluator = new Evaluator({
      host,
      store: new VirtualStore({ files: host.files }),
      settings: { ...defaultSettings, messageVersion: "2.34" },
      builtins: builtinDefinitions,
      constants: constantDefinitions,
    });
    try {
      return evaluator.guarded(() => {
        const expression = bytesFromText(fetchExpression(argument, folder, rev));
        const value = evaluator.evaluateText(expression, { kind: "string" }, folder);
        return JSON.parse(toJson(evaluator.interpreter, value, noPos, new ContextCollector())) as unknown;
      });
    } catch (error) {
      if (!(error instanceof NixError)) throw error;
      const { positions } = evaluator.interpreter;
      return messageOf(renderError(error, positions, { showTrace: false, color: false })).replaceAll(folder, "FOLDER");
    }
  }

  it("is tried in many ways", () => {
    expect(Object.keys(results)).toEqual(fetches);
  });

  it.each(fetches)("gives what C++ Nix gives: %s", (argument) => {
    expect(evaluate(argument)).toEqual(results[argument]);
  });
});
