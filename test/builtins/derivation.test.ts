import fs from "node:fs";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
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

const folder = path.join(import.meta.dirname, "derivation-fixtures");
const values = readJson<Record<string, unknown>>("values.json");
const derivations = readJson<Record<string, string>>("derivations.json");
const names = readJson<string[]>("names.json");

const host = createNodeHost();
const store = new VirtualStore({ files: host.files });
const evaluator = new Evaluator({
  // Without the warnings.
  host: Object.create(host, { writeError: { value: () => {} } }) as Host,
  store,
  settings: defaultSettings,
  builtins: builtinDefinitions,
  constants: constantDefinitions,
});

function readJson<Shape>(file: string): Shape {
  return JSON.parse(fs.readFileSync(path.join(folder, file), "utf8")) as Shape;
}

/** The value as it would come from `nix-instantiate --json`; of a failing evaluation, the message. */
function evaluate(expression: string): unknown {
  try {
    return evaluator.guarded(() => {
      const value = evaluator.evaluateText(expression, { kind: "string" }, bytesFromText(folder));
      const json = toJson(evaluator.interpreter, value, noPos, new ContextCollector());
      return JSON.parse(Buffer.from(json, "latin1").toString("utf8")) as unknown;
    });
  } catch (error) {
    if (!(error instanceof NixError)) throw error;
    const report = renderError(error, evaluator.interpreter.positions, { showTrace: false, color: false });
    return messageOf(report);
  }
}

describe("the corpus of derivations", () => {
  it("is large", () => {
    expect(Object.keys(values).length).toBeGreaterThanOrEqual(140);
    expect(Object.keys(derivations).length).toBeGreaterThanOrEqual(200);
    expect(evaluate("builtins.attrNames (import ./corpus.nix)")).toEqual(Object.keys(values).sort());
  });

  it.each(Object.entries(values))("has the paths and contexts of C++ Nix: %s", (name, expected) => {
    expect(evaluate(`import ./show.nix (import ./corpus.nix).${name}`)).toEqual(expected);
  });
});

describe("the .drv files of the corpus", () => {
  beforeAll(() => {
    evaluate("builtins.deepSeq (import ./show.nix (import ./corpus.nix)) null");
  });

  it.each(Object.entries(derivations))("have the bytes of C++ Nix: %s", (file, text) => {
    expect(Buffer.from(store.files.readFile(`/nix/store/${file}`)).toString("latin1")).toBe(text);
  });

  it("are all", () => {
    const made = [...store.files.readDir("/nix/store")].map(({ name }) => name).filter((name) => name in derivations);
    expect(made.length).toBe(Object.keys(derivations).length);
  });
});

describe("names of store objects, derivations and outputs", () => {
  it("are many, good and bad", () => {
    const good = names.filter((name) => name.startsWith("/nix/store/"));
    expect(good.length).toBeGreaterThan(40);
    expect(names.length - good.length).toBeGreaterThan(100);
    expect(evaluate("builtins.length (import ./names.nix)")).toBe(names.length);
  });

  it("are accepted and refused as by C++ Nix", () => {
    const ours = names.map((_, index) => evaluate(`builtins.elemAt (import ./names.nix) ${index}`));
    expect(ours).toEqual(names);
  });
});
