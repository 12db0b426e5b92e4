// Functions as values: lambdas of the program and built-in ones. How a lambda runs is the evaluator's business; here is
// only what calling, printing and `functionArgs` need to know.
import type { Pos } from "../source/position.ts";
import type { Lazy, Value } from "./value.ts";

/** One lambda of a curried chain `a: b: …`. */
export interface LambdaStage {
  readonly name: string | undefined;
  readonly pos: Pos;
  /** `x` of `x: …`, or the name before or after `@`. */
  readonly param: string | undefined;
  /** Undefined for `x: …`. In order of definition. */
  readonly formals: readonly { readonly name: string; readonly hasDefault: boolean; readonly pos: Pos }[] | undefined;
  readonly ellipsis: boolean;
  /** The doc comment: positions of its first byte and past its last. */
  readonly doc: { readonly start: Pos; readonly end: Pos } | undefined;
}

/** What all closures of one lambda expression share; curried lambdas with plain parameters are merged into one. */
export interface LambdaCode {
  /** How many arguments it takes before its body runs. */
  readonly arity: number;
  /** One per argument. */
  readonly stages: readonly LambdaStage[];
}

export class Lambda {
  readonly code: LambdaCode;
  readonly environment: unknown;
  /** Arguments that are bound already, fewer than `code.arity`. */
  readonly bound: readonly Lazy[];

  constructor(code: LambdaCode, environment: unknown, bound: readonly Lazy[]) {
    this.code = code;
    this.environment = environment;
    this.bound = bound;
  }

  /** The lambda of the chain that the next argument goes to. */
  get stage(): LambdaStage {
    return this.code.stages[this.bound.length] as LambdaStage;
  }
}

/** How a builtin is declared: `run` gets the interpreter, the position of the call, and `arity` arguments. */
export interface BuiltinDefinition<Interpreter> {
  readonly name: string;
  /** Names of the parameters, for documentation; their number is the arity. */
  readonly parameters: readonly string[];
  /** What it does, in one or two sentences. */
  readonly doc: string;
  /** The experimental feature that has to be on. */
  readonly feature?: string;
  /** Leave the frame `while calling the '…' builtin` out of traces (as C++ Nix does for `throw` and a few others). */
  readonly untraced?: boolean | "until 2.36";
  /** Reachable without the prefix `builtins.` as well. */
  readonly global?: boolean;
  readonly run: (interpreter: Interpreter, pos: Pos, ...args: Lazy[]) => Value;
}

export class Builtin {
  readonly name: string;
  readonly arity: number;
  readonly untraced: boolean;
  readonly doc: string;
  readonly run: (pos: Pos, ...args: Lazy[]) => Value;

  constructor(name: string, arity: number, untraced: boolean, doc: string, run: (pos: Pos, ...args: Lazy[]) => Value) {
    this.name = name;
    this.arity = arity;
    this.untraced = untraced;
    this.doc = doc;
    this.run = run;
  }
}

/** A builtin with some, not all, of its arguments. */
export class BuiltinApplication {
  readonly builtin: Builtin;
  readonly args: readonly Lazy[];

  constructor(builtin: Builtin, args: readonly Lazy[]) {
    this.builtin = builtin;
    this.args = args;
  }
}

export type NixFunction = Lambda | Builtin | BuiltinApplication;

export function isFunction(value: Lazy): value is NixFunction {
  return value instanceof Lambda || value instanceof Builtin || value instanceof BuiltinApplication;
}
