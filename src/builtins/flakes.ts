// Flake references as texts and as sets. Flakes themselves have to be fetched and locked, which ocinix does not do yet.
import { expectAttrs, expectPlainString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { describeType, printAttrName } from "../value/print.ts";
import { ContextString } from "../value/string-context.ts";
import { force } from "../value/thunk.ts";
import { isInt, type Lazy, type Value } from "../value/value.ts";
import { formatFlakeReference, parseFlakeReference, type SourceAttribute } from "./flake-reference.ts";

export const flakeBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "getFlake",
    parameters: ["args"],
    doc: "The outputs of a flake, given a reference to it. Needs the experimental feature `flakes`.",
    run: getFlake,
  },
  {
    name: "parseFlakeRef",
    parameters: ["flake-ref"],
    doc: "A flake reference in URL form as a set. Most kinds of sources need the experimental feature `flakes`.",
    run: (interpreter, _pos, argument: Lazy) => {
      const purpose = "while evaluating the argument passed to builtins.parseFlakeRef";
      const parts = parseFlakeReference(interpreter, expectPlainString(interpreter, argument, noPos, purpose));
      const set = AttrSet.from(parts);
      for (const name of set.names) interpreter.symbols.add(name);
      return set;
    },
  },
  {
    name: "flakeRefToString",
    parameters: ["attrs"],
    doc: "A flake reference in the form of a set as a URL.",
    run: flakeRefToString,
  },
];

function getFlake(interpreter: Interpreter, _pos: Pos, argument: Lazy): Value {
  const purpose = "while evaluating the argument passed to builtins.getFlake";
  if (interpreter.hasNewMessages) force(argument);
  const text = expectPlainString(interpreter, argument, noPos, purpose);
  parseFlakeReference(interpreter, text);
  interpreter.requireFeature("flakes");
  throw new NixError("unsupported", `cannot get the flake '${text}': ocinix does not have flakes yet`);
}

function flakeRefToString(interpreter: Interpreter, _pos: Pos, argument: Lazy): Value {
  const purpose = "while evaluating the argument passed to builtins.flakeRefToString";
  const set = expectAttrs(interpreter, argument, noPos, purpose);
  const attributes = new Map<string, SourceAttribute>();
  for (const index of set.shape.orderIn(interpreter.symbols)) {
    const name = set.names[index] as string;
    attributes.set(name, attributeOf(name, set.values[index] as Lazy));
  }
  return formatFlakeReference(interpreter, attributes);
}

function attributeOf(name: string, lazy: Lazy): SourceAttribute {
  const value = force(lazy);
  if (typeof value === "string" || typeof value === "boolean") return value;
  if (value instanceof ContextString) return value.text;
  if (!isInt(value)) {
    throw new NixError(
      "eval",
      "flake reference attribute sets may only contain integers, Booleans, and strings, " +
        `but attribute '${printAttrName(name)}' is ${describeType(value)}`,
    );
  }
  if (value >= 0) return value;
  throw new NixError("eval", `negative value given for flake ref attr ${printAttrName(name)}: ${value}`);
}
