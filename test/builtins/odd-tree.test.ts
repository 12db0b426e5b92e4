// Reading, importing and copying of what stands in a tree besides ordinary files, compared with what C++ Nix does.
import fs from "node:fs";
import type net from "node:net";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { builtinDefinitions, constantDefinitions } from "../../src/builtins/registry.ts";
import { ContextCollector } from "../../src/evaluator/coerce.ts";
import { Evaluator } from "../../src/evaluator/evaluator.ts";
import { toJson } from "../../src/evaluator/json.ts";
import { defaultSettings, type MessageVersion } from "../../src/evaluator/settings.ts";
import { FileError, type FileOperation, type Host, type WritableFiles } from "../../src/host/host.ts";
import { createNodeHost } from "../../src/host/node-host.ts";
import { bytesFromText } from "../../src/source/bytes.ts";
import { renderError } from "../../src/source/error-report.ts";
import { NixError } from "../../src/source/nix-error.ts";
import { noPos } from "../../src/source/position.ts";
import { VirtualStore } from "../../src/store/virtual-store.ts";
import { messageOf } from "./derivation-fixtures/report-message.ts";
import { expressions, locked, makeTree } from "./odd-tree/tree.ts";

const results = JSON.parse(fs.readFileSync(path.join(import.meta.dirname, "odd-tree/results.json"), "utf8")) as Record<
  MessageVersion,
  Record<string, unknown>
>;

let folder: string;
let server: net.Server;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(fs.realpathSync(os.tmpdir()), "ocinix-tree-"));
  server = await makeTree(folder);
});
afterAll(() => {
  server.close();
  fs.rmSync(folder, { recursive: true });
});

/** The machine's files, where some are kept from this user, who may well be root. */
function guardedFiles(files: WritableFiles): WritableFiles {
  const refuse = (file: string, places: readonly string[], operation: FileOperation): void => {
    if (places.some((place) => file === `${folder}/${place}`)) {
      throw new FileError("EACCES", file, "Permission denied", operation);
    }
  };
  const { file, folder: closed, inFolder } = locked;
  const hidden = [inFolder, `${inFolder}/x`, `${closed}/default.nix`];
  const guarded: Partial<WritableFiles> = {
    lstat(place) {
      refuse(place, hidden, "status");
      return files.lstat(place);
    },
    stat(place) {
      refuse(place, hidden, "status");
      return files.stat(place);
    },
    readFile(place) {
      refuse(place, [file, closed, ...hidden], "open");
      return files.readFile(place);
    },
    readDir(place) {
      refuse(place, [closed], "list");
      return files.readDir(place);
    },
  };
  return Object.assign(Object.create(files), guarded) as WritableFiles;
}

function evaluate(expression: string, messageVersion: MessageVersion): unknown {
  const machine = createNodeHost();
  const host: Host = Object.create(machine, {
    files: { value: guardedFiles(machine.files) },
    workingDir: { value: folder },
    writeError: { value: () => {} },
  });
  const evaluator = new Evaluator({
    host,
    store: new VirtualStore({ files: host.files }),
    settings: { ...defaultSettings, messageVersion },
    builtins: builtinDefinitions,
    constants: constantDefinitions,
  });
  try {
    return evaluator.guarded(() => {
      const value = evaluator.evaluateText(bytesFromText(expression), { kind: "string" }, folder);
      const json = toJson(evaluator.interpreter, value, noPos, new ContextCollector());
      return JSON.parse(Buffer.from(json, "latin1").toString("utf8").replaceAll(folder, "FOLDER")) as unknown;
    });
  } catch (error) {
    if (!(error instanceof NixError)) throw error;
    const { positions } = evaluator.interpreter;
    return messageOf(renderError(error, positions, { showTrace: false, color: false })).replaceAll(folder, "FOLDER");
  }
}

describe.each(["2.34", "2.36"] as const)("an odd tree, with the messages of C++ Nix %s", (version) => {
  it("is looked at in many ways", () => {
    expect(Object.keys(results[version])).toEqual(expressions);
  });

  it.each(expressions)("gives what C++ Nix gives: %s", (expression) => {
    expect(evaluate(expression, version)).toEqual(results[version][expression]);
  });
});
