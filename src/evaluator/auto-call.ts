// Functions on the way to a value that the command line asks for: they are called with the arguments that were given
// there, as `nix-instantiate --arg` does.
import { NixError } from "../source/nix-error.ts";
import type { Pos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { Lambda, type LambdaStage } from "../value/function.ts";
import { force } from "../value/thunk.ts";
import type { Lazy, Value } from "../value/value.ts";
import { callFunction, determinePos } from "./call.ts";
import type { Interpreter } from "./interpreter.ts";

/** What functions get that are called without arguments of their own. */
export interface AutoArguments {
  /** The arguments that somebody gave, by name. */
  readonly given: ReadonlyMap<string, Lazy>;
  /** A value for an argument that was not given and has no default; by default there is none. */
  readonly supply?: (name: string) => Lazy | undefined;
  /** The error for an argument that cannot be had; by default C++ Nix's. */
  readonly missing?: (name: string, pos: Pos) => NixError;
}

/**
 * Calls a function with named parameters with what it takes of the arguments, and a functor until it is no functor any
 * more; any other value is given back, forced. Throws a `missingArgument` error.
 */
export function autoCall(interpreter: Interpreter, lazy: Lazy, args: AutoArguments): Value {
  const pos = determinePos(lazy);
  const value = force(lazy, pos);
  if (value instanceof AttrSet) {
    const functor = value.get("__functor");
    if (functor === undefined) return value;
    return autoCall(interpreter, callFunction(interpreter, force(functor, pos), [value], pos), args);
  }
  if (!(value instanceof Lambda) || value.stage.formals === undefined) return value;
  return callFunction(interpreter, value, [argumentFor(interpreter, value.stage, args)], pos);
}

function argumentFor({ symbols }: Interpreter, { formals = [], ellipsis }: LambdaStage, args: AutoArguments): AttrSet {
  // With an ellipsis all that was given is passed, and the call itself finds what is missing.
  const entries = new Map<string, Lazy>(ellipsis ? args.given : []);
  for (const index of symbols.order(formals.map(({ name }) => name))) {
    const { name, hasDefault, pos } = formals[index] as (typeof formals)[number];
    const value = args.given.get(name) ?? (hasDefault ? undefined : args.supply?.(name));
    if (value !== undefined) entries.set(name, value);
    else if (!hasDefault && (!ellipsis || args.missing !== undefined))
      throw (args.missing ?? missingArgument)(name, pos);
  }
  return AttrSet.from(entries);
}

function missingArgument(name: string, pos: Pos): NixError {
  const message = [
    `cannot evaluate a function that has an argument without a value ('${name}')`,
    "Nix attempted to evaluate a function as a top level expression; in",
    "this case it must have its arguments supplied either by default",
    "values, or passed explicitly with '--arg' or '--argstr'. See",
    "https://nix.dev/manual/nix/stable/language/syntax.html#functions.",
  ];
  return new NixError("missingArgument", message.join("\n"), pos);
}
