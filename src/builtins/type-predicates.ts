// Asking for the type of a value.
import type { Interpreter } from "../evaluator/interpreter.ts";
import { AttrSet } from "../value/attr-set.ts";
import { type BuiltinDefinition, isFunction } from "../value/function.ts";
import { ContextString } from "../value/string-context.ts";
import { force } from "../value/thunk.ts";
import { isInt, isListValue, type Lazy, NixFloat, NixPath, type Value } from "../value/value.ts";

export const typePredicateBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "typeOf",
    parameters: ["e"],
    doc: "The type of a value: int, float, bool, string, path, null, set, list or lambda.",
    run: (_interpreter, _pos, value: Lazy) => typeName(force(value)),
  },
  {
    name: "isAttrs",
    parameters: ["e"],
    doc: "Whether the value is an attribute set.",
    run: (_interpreter, _pos, value: Lazy) => force(value) instanceof AttrSet,
  },
  {
    name: "isBool",
    parameters: ["e"],
    doc: "Whether the value is a Boolean.",
    run: (_interpreter, _pos, value: Lazy) => typeof force(value) === "boolean",
  },
  {
    name: "isFloat",
    parameters: ["e"],
    doc: "Whether the value is a float.",
    run: (_interpreter, _pos, value: Lazy) => force(value) instanceof NixFloat,
  },
  {
    name: "isFunction",
    parameters: ["e"],
    doc: "Whether the value is a function; a set with `__functor` is none.",
    run: (_interpreter, _pos, value: Lazy) => isFunction(force(value)),
  },
  {
    name: "isInt",
    parameters: ["e"],
    doc: "Whether the value is an integer.",
    run: (_interpreter, _pos, value: Lazy) => isInt(force(value)),
  },
  {
    name: "isList",
    parameters: ["e"],
    doc: "Whether the value is a list.",
    run: (_interpreter, _pos, value: Lazy) => isListValue(force(value)),
  },
  {
    name: "isNull",
    parameters: ["e"],
    doc: "Whether the value is null.",
    global: true,
    run: (_interpreter, _pos, value: Lazy) => force(value) === null,
  },
  {
    name: "isPath",
    parameters: ["e"],
    doc: "Whether the value is a path.",
    run: (_interpreter, _pos, value: Lazy) => force(value) instanceof NixPath,
  },
  {
    name: "isString",
    parameters: ["e"],
    doc: "Whether the value is a string.",
    run: (_interpreter, _pos, lazy: Lazy) => {
      const value = force(lazy);
      return typeof value === "string" || value instanceof ContextString;
    },
  },
];

function typeName(value: Value): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return "bool";
  if (isInt(value)) return "int";
  if (typeof value === "string" || value instanceof ContextString) return "string";
  if (value instanceof NixFloat) return "float";
  if (value instanceof NixPath) return "path";
  if (isListValue(value)) return "list";
  return value instanceof AttrSet ? "set" : "lambda";
}
