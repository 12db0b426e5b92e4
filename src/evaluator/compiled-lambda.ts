// What a lambda expression is compiled to. It begins as closures; one that is called often is given JavaScript of its
// own (generate.ts), which takes their place here, so that every function value made from it runs that from then on.
import type { Frame } from "../parser/ast.ts";
import type { Pos } from "../source/position.ts";
import type { LambdaCode, LambdaStage } from "../value/function.ts";
import type { Lazy, Value } from "../value/value.ts";
import { type Code, type Environment, environmentOfAll, environmentOfOne, environmentOfTwo } from "./environment.ts";
import { type FormalsMatcher, matchFormals } from "./formals.ts";
import type { Interpreter } from "./interpreter.ts";

type EnterOne = (this: CompiledLambda, outer: unknown, argument: Lazy, pos: Pos) => Value;
type EnterTwo = (this: CompiledLambda, outer: unknown, first: Lazy, second: Lazy, pos: Pos) => Value;
type EnterAll = (this: CompiledLambda, outer: unknown, values: readonly Lazy[], pos: Pos) => Value;

/** Gives a lambda that is called often other code, if it can. */
export type Promote = (lambda: CompiledLambda) => void;

export class CompiledLambda implements LambdaCode {
  readonly interpreter: Interpreter;
  readonly arity: number;
  readonly stages: readonly LambdaStage[];
  /** Of the environment that a call makes. */
  readonly frame: Frame;
  readonly matcher: FormalsMatcher | undefined;
  /** The closures of the body, which compiles itself when it first runs. */
  body: Code;
  /** Runs the body, each with as many arguments as there have to be; calls are not counted here. */
  enterOne: EnterOne = enterOne;
  enterTwo: EnterTwo = enterTwo;
  enterAll: EnterAll = enterAll;
  /** The parameters that are forced before anything else happens, as bits: the first is 1. Known of promoted ones only. */
  strictParameters = 0;
  private callsLeft: number;
  private readonly promote: Promote | undefined;

  constructor(
    interpreter: Interpreter,
    stages: readonly LambdaStage[],
    frame: Frame,
    matcher: FormalsMatcher | undefined,
    body: Code,
    promote: Promote | undefined,
  ) {
    this.interpreter = interpreter;
    this.arity = stages.length;
    this.stages = stages;
    this.frame = frame;
    this.matcher = matcher;
    this.body = body;
    this.promote = promote;
    this.callsLeft = interpreter.settings.callsBeforeJavaScript;
  }

  /** The environment of a call. */
  bind(outer: unknown, values: readonly Lazy[], pos: Pos): Environment {
    const { matcher, frame } = this;
    if (matcher === undefined) return environmentOfAll(frame.size, outer, values);
    return matchFormals(this.interpreter, matcher, frame.size, outer as Environment, values[0] as Lazy, pos);
  }

  /** Counts a call that closures are about to run. Gives whether it is not for them any more. */
  isPromoted(): boolean {
    if (this.callsLeft-- !== 0 || this.promote === undefined) return false;
    this.promote(this);
    return this.enterAll !== enterAll;
  }
}

function enterOne(this: CompiledLambda, outer: unknown, argument: Lazy, pos: Pos): Value {
  if (this.isPromoted()) return this.enterOne(outer, argument, pos);
  const { matcher, frame } = this;
  return this.body(
    matcher === undefined
      ? environmentOfOne(frame.size, outer, argument)
      : matchFormals(this.interpreter, matcher, frame.size, outer as Environment, argument, pos),
  );
}

function enterTwo(this: CompiledLambda, outer: unknown, first: Lazy, second: Lazy, pos: Pos): Value {
  if (this.isPromoted()) return this.enterTwo(outer, first, second, pos);
  return this.body(environmentOfTwo(this.frame.size, outer, first, second));
}

function enterAll(this: CompiledLambda, outer: unknown, values: readonly Lazy[], pos: Pos): Value {
  if (this.isPromoted()) return this.enterAll(outer, values, pos);
  return this.body(this.bind(outer, values, pos));
}
