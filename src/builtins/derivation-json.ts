// The JSON text `__json` of a derivation with structured attributes.
import type { ContextCollector } from "../evaluator/coerce.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { quoteJson, toJson } from "../evaluator/json.ts";
import { type JsonBuilder, JsonParser } from "../evaluator/json-parser.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import { formatJsonFloat } from "../value/float-format.ts";
import type { Lazy } from "../value/value.ts";

/** `"name":value`; what the value's strings depend on goes to the collector, and paths are copied to the store. */
export function derivationJsonMember(
  interpreter: Interpreter,
  name: string,
  value: Lazy,
  collector: ContextCollector,
): string {
  const json = toJson(interpreter, value, noPos, collector, { isBare: true });
  return `${toJson(interpreter, name, noPos, collector, { isBare: true })}:${json}`;
}

/** A JSON object as the program wrote it, in the form that C++ Nix gives it: sorted, without spaces. Throws NixError. */
export function normalDerivationJson(text: string): string {
  const json = parse(text);
  if (json.startsWith("{")) return json;
  throw fault(`[json.exception.type_error.302] type must be object, but is ${typeOf(json)}`);
}

const normalForm: JsonBuilder<string> = {
  literal: String,
  string: quoteJson,
  integer: (digits) => String(BigInt(digits)),
  float: formatJsonFloat,
  array: (items) => `[${items.join()}]`,
  noKeys: () => [],
  addKey: (keys, name) => {
    keys.push(name);
    return keys;
  },
  object: (keys, values) => {
    const members = new Map(keys.map((name, index) => [name, values[index]]));
    const names = [...members.keys()].sort((a, b) => (a < b ? -1 : 1));
    return `{${names.map((name) => `${quoteJson(name)}:${members.get(name)}`).join()}}`;
  },
};

function parse(text: string): string {
  try {
    return new JsonParser(text, normalForm).parse();
  } catch (error) {
    throw error instanceof NixError ? fault(error.message) : error;
  }
}

function fault(message: string): NixError {
  return new NixError("eval", `cannot process __json attribute: ${message}`);
}

function typeOf(json: string): string {
  if (json === "null") return json;
  if (json === "true" || json === "false") return "boolean";
  return json.startsWith('"') ? "string" : json.startsWith("[") ? "array" : "number";
}
