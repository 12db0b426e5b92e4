// What a builder will make of a derivation's attributes, as far as C++ Nix refuses a derivation for it: since 2.36, an
// input-addressed one is only made when these attributes make sense.
import type { Interpreter } from "../evaluator/interpreter.ts";
import { quoteJson } from "../evaluator/json.ts";
import { type JsonBuilder, JsonParser } from "../evaluator/json-parser.ts";
import { writeWarning } from "../evaluator/warning.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import { toStorePath } from "../store/store-path.ts";
import { formatJsonFloat } from "../value/float-format.ts";
import { programFault } from "./program-fault.ts";

/** A JSON value that knows how C++ Nix writes it. */
interface Json {
  readonly type: "null" | "boolean" | "number" | "string" | "array" | "object";
  readonly text: string;
  /** Of a string. */
  readonly value?: string;
  readonly items?: readonly Json[];
  readonly members?: ReadonlyMap<string, Json>;
}

const builder: JsonBuilder<Json> = {
  literal: (value) => ({ type: value === null ? "null" : "boolean", text: String(value) }),
  string: (value) => ({ type: "string", text: quoteJson(value), value }),
  integer: (digits) => ({ type: "number", text: String(BigInt(digits)) }),
  float: (value) => ({ type: "number", text: formatJsonFloat(value) }),
  array: (items) => ({ type: "array", text: `[${items.map(({ text }) => text).join()}]`, items }),
  noKeys: () => [],
  addKey: (keys, name) => {
    keys.push(name);
    return keys;
  },
  object: (keys, values) => {
    const entries = new Map(keys.map((name, index) => [name, values[index] as Json]));
    const members = new Map([...entries].sort(([a], [b]) => (a < b ? -1 : 1)));
    const text = [...members].map(([name, member]) => `${quoteJson(name)}:${member.text}`).join();
    return { type: "object", text: `{${text}}`, members };
  },
};

/** An error of C++ Nix's JSON library, which passes through everything untouched. */
class LibraryError extends NixError {
  constructor(message: string) {
    super("eval", `[json.exception.type_error.302] ${message}`);
  }

  override addTrace(): this {
    return this;
  }
}

const rpcFeature = "builder-rpc-v0";
const fileName = /^[A-Za-z_][A-Za-z0-9_.-]*$/;

/** `env` is what the builder gets; `__json` in it has the structured attributes. Throws NixError. */
export function checkDerivationOptions(interpreter: Interpreter, env: ReadonlyMap<string, string>): void {
  const json = env.get("__json");
  const features =
    json === undefined
      ? checkVariables(env)
      : checkStructured(interpreter, new JsonParser(json, builder).parse().members ?? new Map());
  if (!features.includes(rpcFeature)) return;
  const message = `derivation uses the '${rpcFeature}' feature, which may only be used with content-addressing derivations`;
  throw new NixError("eval", message);
}

/** Gives the features that the builder needs. */
function checkVariables(env: ReadonlyMap<string, string>): readonly string[] {
  const words = (name: string): readonly string[] =>
    env
      .get(name)
      ?.split(/[ \t\n\r]+/)
      .filter((word) => word !== "") ?? [];
  const graph = words("exportReferencesGraph");
  if (graph.length % 2 !== 0) {
    const text = env.get("exportReferencesGraph");
    throw new NixError("eval", `odd number of tokens in 'exportReferencesGraph': '${text}'`);
  }
  for (const [index, word] of graph.entries()) {
    if (index % 2 !== 0) programFault(() => toStorePath(word));
    else if (!fileName.test(word)) {
      throw new NixError("eval", `invalid file name '${word}' in 'exportReferencesGraph'`);
    }
  }
  return words("requiredSystemFeatures");
}

/** In the order of C++ Nix, which tells of the first fault. Gives the features that the builder needs. */
function checkStructured(interpreter: Interpreter, attrs: ReadonlyMap<string, Json>): readonly string[] {
  const { outputChecks, unsafeDiscardReferences, exportReferencesGraph, requiredSystemFeatures } =
    Object.fromEntries(attrs);
  if (outputChecks !== undefined) checkOutputs(outputChecks);
  if (unsafeDiscardReferences !== undefined) {
    framed("while parsing attribute 'unsafeDiscardReferences'", () => {
      for (const member of objectOf(unsafeDiscardReferences).values()) booleanOf(member);
    });
  }
  if (exportReferencesGraph !== undefined) checkGraph(interpreter, exportReferencesGraph);
  for (const [name, check] of plainOptions) {
    const member = attrs.get(name);
    if (member !== undefined) framed(`while parsing attribute "${name}"`, () => check(member));
  }
  return requiredSystemFeatures === undefined ? [] : stringsOf(requiredSystemFeatures);
}

/** Options that only have to be of a type. */
const plainOptions: readonly (readonly [name: string, check: (json: Json) => unknown])[] = [
  ["__sandboxProfile", stringOf],
  ["__noChroot", booleanOf],
  ["__impureHostDeps", stringsOf],
  ["impureEnvVars", stringsOf],
  ["__darwinAllowLocalNetworking", booleanOf],
  ["requiredSystemFeatures", stringsOf],
  ["preferLocalBuild", booleanOf],
  ["allowSubstitutes", booleanOf],
];

function checkOutputs(json: Json): void {
  for (const [output, checks] of objectOf(json)) {
    const members = objectOf(checks);
    for (const name of ["maxSize", "maxClosureSize"]) {
      const type = members.get(name)?.type ?? "number";
      if (type !== "number") throw new LibraryError(`type must be number, but is ${type}`);
    }
    for (const name of ["allowedReferences", "disallowedReferences", "allowedRequisites", "disallowedRequisites"]) {
      const member = members.get(name);
      if (member !== undefined) {
        framed(`while parsing attribute 'outputChecks."${output}".${name}'`, () => stringsOf(member));
      }
    }
  }
}

function checkGraph(interpreter: Interpreter, json: Json): void {
  if (json.members === undefined) {
    writeWarning(interpreter, "'exportReferencesGraph' in structured attrs is not a JSON object, ignoring");
    return;
  }
  for (const member of json.members.values()) {
    const paths = new Set<string>();
    addStrings(member, paths);
    for (const path of [...paths].sort()) programFault(() => toStorePath(path));
  }
}

function addStrings({ value, items }: Json, strings: Set<string>): void {
  if (value !== undefined) strings.add(value);
  else if (items !== undefined) for (const item of items) addStrings(item, strings);
  else throw new NixError("eval", "'exportReferencesGraph' value is not an array or a string");
}

function framed(frame: string, action: () => void): void {
  try {
    action();
  } catch (error) {
    throw error instanceof NixError ? error.addTrace(frame, noPos) : error;
  }
}

function expectType(json: Json, type: Json["type"]): void {
  if (json.type === type) return;
  throw new NixError(
    "eval",
    `Expected JSON value to be of type '${type}' but it is of type '${json.type}': ${json.text}`,
  );
}

function objectOf(json: Json): ReadonlyMap<string, Json> {
  expectType(json, "object");
  return json.members ?? new Map();
}

function booleanOf(json: Json): void {
  expectType(json, "boolean");
}

function stringOf(json: Json): string {
  expectType(json, "string");
  return json.value ?? "";
}

function stringsOf(json: Json): readonly string[] {
  expectType(json, "array");
  return (json.items ?? []).map(stringOf);
}
