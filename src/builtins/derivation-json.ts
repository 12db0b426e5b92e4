// The JSON text `__json` of a derivation with structured attributes.
import type { ContextCollector } from "../evaluator/coerce.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { toJson, valueFromJson } from "../evaluator/json.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { isListValue, type Lazy, type Value } from "../value/value.ts";

/** `"name":value`; what the value's strings depend on goes to the collector, and paths are copied to the store. */
export function derivationJsonMember(
  interpreter: Interpreter,
  name: string,
  value: Lazy,
  collector: ContextCollector,
): string {
  const json = toJson(interpreter, value, noPos, collector);
  return `${toJson(interpreter, name, noPos, collector)}:${json}`;
}

/** A JSON object as the program wrote it, in the form that C++ Nix gives it: sorted, without spaces. Throws NixError. */
export function normalDerivationJson(interpreter: Interpreter, text: string, collector: ContextCollector): string {
  let value: Value;
  try {
    value = valueFromJson(interpreter, text);
  } catch (error) {
    if (!(error instanceof NixError)) throw error;
    throw new NixError("eval", `cannot process __json attribute: ${error.message}`);
  }
  if (value instanceof AttrSet) return toJson(interpreter, value, noPos, collector);
  throw new NixError(
    "eval",
    `cannot process __json attribute: [json.exception.type_error.302] type must be object, but is ${jsonType(value)}`,
  );
}

function jsonType(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "boolean" || typeof value === "string") return typeof value;
  return isListValue(value) ? "array" : "number";
}
