// Calling functions: lambdas (curried ones in one go), builtins, partial applications of both, and functors.
import type { Frame } from "../parser/ast.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { suggestNames } from "../source/suggestions.ts";
import { AttrSet } from "../value/attr-set.ts";
import { Builtin, BuiltinApplication, Lambda, type LambdaCode, type LambdaStage } from "../value/function.ts";
import { printAttrName } from "../value/print.ts";
import { force, Thunk } from "../value/thunk.ts";
import type { Lazy, Value } from "../value/value.ts";
import { type Code, type Environment, environmentOfOne, environmentOfTwo, pad } from "./environment.ts";
import { addFrame, expectAttrs } from "./expect.ts";
import { traceCall } from "./function-trace.ts";
import type { Interpreter } from "./interpreter.ts";

/** A compiled lambda expression. `body` compiles itself when it first runs. */
export interface CompiledLambda extends LambdaCode {
  body: Code;
  /** Of the environment that a call makes. */
  readonly frame: Frame;
  readonly matcher: FormalsMatcher | undefined;
}

/** How a `{ a, b ? 1, ... }@x` parameter takes its argument apart. */
export interface FormalsMatcher {
  readonly stage: LambdaStage;
  /** Whether slot 1 holds the whole argument. */
  readonly hasName: boolean;
  /** In order of slots. */
  readonly formals: readonly {
    readonly name: string;
    readonly fallback: ((environment: Environment) => Lazy) | undefined;
  }[];
  /** The indices of the formals in the order of their symbols. */
  readonly order: readonly number[];
  /** The last shape that was accepted, and where each formal was in it. */
  cachedShape: unknown;
  cachedIndices: readonly number[];
}

/** Calls a function with at least one argument. Counts as one nested call however many arguments there are. */
export function callFunction(interpreter: Interpreter, fn: Value, args: readonly Lazy[], pos: Pos): Value {
  if (interpreter.callDepth > interpreter.maxCallDepth && interpreter.checkDepth(pos)) {
    return traceCall(interpreter, pos, () => applyAll(interpreter, fn, args, pos));
  }
  return applyAll(interpreter, fn, args, pos);
}

function applyAll(interpreter: Interpreter, fn: Value, args: readonly Lazy[], pos: Pos): Value {
  interpreter.callDepth++;
  interpreter.memory.spend(1);
  let current: Value = fn;
  let done = 0;
  while (done < args.length) {
    const rest = args.length - done;
    if (current instanceof Lambda) {
      const { arity } = current.code;
      const missing = arity - current.bound.length;
      const given = missing < rest ? args.slice(done, done + missing) : done === 0 ? args : args.slice(done);
      if (rest < missing) {
        current = new Lambda(current.code, current.environment, [...current.bound, ...given]);
        break;
      }
      current = runLambda(interpreter, current, current.bound.length === 0 ? given : [...current.bound, ...given], pos);
      done += missing;
    } else if (current instanceof Builtin || current instanceof BuiltinApplication) {
      const builtin: Builtin = current instanceof Builtin ? current : current.builtin;
      const held: readonly Lazy[] = current instanceof Builtin ? [] : current.args;
      const missing = builtin.arity - held.length;
      if (rest < missing) {
        current = new BuiltinApplication(builtin, [...held, ...args.slice(done)]);
        break;
      }
      current = runBuiltin(builtin, [...held, ...args.slice(done, done + missing)], pos);
      done += missing;
    } else {
      const functor: Lazy | undefined = current instanceof AttrSet ? current.get("__functor") : undefined;
      if (functor === undefined) {
        throw new NixError(
          "type",
          `attempt to call something which is not a function but ${interpreter.describe(current)}`,
          pos,
        ).about(current);
      }
      const set = current as AttrSet;
      try {
        const functorPos = set.positionOf("__functor");
        current = callFunction(interpreter, force(functor, functorPos), [set, args[done] as Lazy], functorPos);
      } catch (error) {
        throw addFrame(error, "while calling a functor (an attribute set with a '__functor' attribute)", pos);
      }
      done++;
    }
  }
  interpreter.callDepth--;
  return current;
}

/** Calls with one argument: the case that nearly every call is. */
export function call(interpreter: Interpreter, fn: Lazy, arg: Lazy, pos: Pos = noPos): Value {
  return applyOne(interpreter, force(fn, pos), arg, pos);
}

/** The same for a function that is evaluated already. */
export function applyOne(interpreter: Interpreter, fn: Value, arg: Lazy, pos: Pos): Value {
  if (fn instanceof Lambda) {
    const code = fn.code as CompiledLambda;
    if (code.arity === 1) {
      if (interpreter.callDepth > interpreter.maxCallDepth && interpreter.checkDepth(pos)) {
        return callFunction(interpreter, fn, [arg], pos);
      }
      interpreter.callDepth++;
      interpreter.memory.spend(1);
      const environment =
        code.matcher === undefined
          ? environmentOfOne(code.frame.size, fn.environment, arg)
          : matchFormals(interpreter, code.matcher, code.frame.size, fn.environment as Environment, arg, pos);
      const value = interpreter.showTrace ? runTraced(code, environment, pos) : code.body(environment);
      interpreter.callDepth--;
      return value;
    }
  }
  if (fn instanceof Builtin && fn.arity === 1) {
    if (interpreter.callDepth > interpreter.maxCallDepth && interpreter.checkDepth(pos)) {
      return callFunction(interpreter, fn, [arg], pos);
    }
    interpreter.callDepth++;
    interpreter.memory.spend(1);
    try {
      const value = fn.run(pos, arg);
      interpreter.callDepth--;
      return value;
    } catch (error) {
      throw addBuiltinFrame(fn, error, pos);
    }
  }
  return callFunction(interpreter, fn, [arg], pos);
}

/** Calls a function that is evaluated already with two arguments. */
export function applyTwo(interpreter: Interpreter, fn: Value, first: Lazy, second: Lazy, pos: Pos): Value {
  if (fn instanceof Lambda) {
    const code = fn.code as CompiledLambda;
    if (code.arity === 2 && fn.bound.length === 0) {
      if (interpreter.callDepth > interpreter.maxCallDepth && interpreter.checkDepth(pos)) {
        return callFunction(interpreter, fn, [first, second], pos);
      }
      interpreter.callDepth++;
      interpreter.memory.spend(1);
      const environment = environmentOfTwo(code.frame.size, fn.environment, first, second);
      const value = interpreter.showTrace ? runTraced(code, environment, pos) : code.body(environment);
      interpreter.callDepth--;
      return value;
    }
  }
  if (fn instanceof Builtin && fn.arity === 2) {
    if (interpreter.callDepth > interpreter.maxCallDepth && interpreter.checkDepth(pos)) {
      return callFunction(interpreter, fn, [first, second], pos);
    }
    interpreter.callDepth++;
    interpreter.memory.spend(1);
    try {
      const value = fn.run(pos, first, second);
      interpreter.callDepth--;
      return value;
    } catch (error) {
      throw addBuiltinFrame(fn, error, pos);
    }
  }
  return callFunction(interpreter, fn, [first, second], pos);
}

/** A function whose calls are delayed, as `map` and its kin do it. */
export interface DelayedCalls {
  readonly interpreter: Interpreter;
  readonly fn: Lazy;
}

/** A delayed call with one argument; the calls of one function share `calls`. */
export function delayCall(calls: DelayedCalls, argument: Lazy): Thunk {
  return Thunk.withArgument(runDelayed, calls, argument);
}

function runDelayed({ interpreter, fn }: DelayedCalls, pos: Pos, argument: Lazy): Value {
  return applyOne(interpreter, force(fn, pos), argument, pos);
}

/** A function whose calls with the names and values of attributes are delayed, as mapAttrs does it. */
export interface DelayedAttrCalls extends DelayedCalls {
  readonly names: readonly string[];
  readonly values: readonly Lazy[];
}

/** The delayed call for the attribute with this index. */
export function delayAttrCall(calls: DelayedAttrCalls, index: number): Thunk {
  return Thunk.withArgument(runDelayedAttr, calls, index);
}

function runDelayedAttr({ interpreter, fn, names, values }: DelayedAttrCalls, pos: Pos, index: Lazy): Value {
  const name = names[index as number] as string;
  // In C++ Nix, the call with the name is made within the call with the value.
  interpreter.enterCall(pos);
  interpreter.enterCall(pos);
  const forced = force(fn, pos);
  interpreter.callDepth -= 2;
  return applyTwo(interpreter, forced, name, values[index as number] as Lazy, pos);
}

/** Whether this is a call that nobody needed yet, of a builtin such as `map`. */
export function isDelayedCall({ code }: Thunk): boolean {
  return code === runDelayed || code === runDelayedAttr;
}

/**
 * Where a set or function was written, as far as that is known without forcing; of a delayed call, its function. The
 * `fallback` is for other things, and not for sets that were written nowhere.
 */
export function determinePos(lazy: Lazy, fallback: Pos = noPos): Pos {
  if (lazy instanceof Thunk) {
    if (lazy.isForced) return determinePos(lazy.value as Value, fallback);
    if (!isDelayedCall(lazy)) return fallback;
    return determinePos((lazy.environment as DelayedCalls).fn, fallback);
  }
  if (lazy instanceof AttrSet) return lazy.pos;
  return lazy instanceof Lambda ? lazy.stage.pos : fallback;
}

function runBuiltin(builtin: Builtin, args: readonly Lazy[], pos: Pos): Value {
  try {
    return builtin.run(pos, ...args);
  } catch (error) {
    throw addBuiltinFrame(builtin, error, pos);
  }
}

/** Adds the frame of a call of the builtin, if it has one. */
export function addBuiltinFrame(builtin: Builtin, error: unknown, pos: Pos): unknown {
  return builtin.untraced ? error : addFrame(error, `while calling the '${builtin.name}' builtin`, pos);
}

/** Runs the body with all arguments there. */
function runLambda(interpreter: Interpreter, lambda: Lambda, args: readonly Lazy[], pos: Pos): Value {
  const code = lambda.code as CompiledLambda;
  const { matcher, frame } = code;
  const environment: Environment =
    matcher === undefined
      ? pad([lambda.environment, ...args], frame.size)
      : matchFormals(interpreter, matcher, frame.size, lambda.environment as Environment, args[0] as Lazy, pos);
  return interpreter.showTrace ? runTraced(code, environment, pos) : code.body(environment);
}

/** Only the last of merged lambdas is running when its body fails. */
function runTraced(code: CompiledLambda, environment: Environment, pos: Pos): Value {
  try {
    return code.body(environment);
  } catch (error) {
    if (error instanceof NixError) {
      const { name, pos: lambdaPos } = code.stages.at(-1) as LambdaStage;
      error.addTrace(`while calling ${name === undefined ? "anonymous lambda" : `'${name}'`}`, lambdaPos);
      if (pos !== noPos) error.addTrace("from call site", pos);
    }
    throw error;
  }
}

function matchFormals(
  interpreter: Interpreter,
  matcher: FormalsMatcher,
  size: number,
  outer: Environment,
  arg: Lazy,
  pos: Pos,
): Environment {
  const { stage, hasName, formals } = matcher;
  let set: AttrSet;
  try {
    set = expectAttrs(interpreter, arg, stage.pos, "while evaluating the value passed for the lambda argument");
  } catch (error) {
    if (pos !== noPos) addFrame(error, "from call site", pos);
    throw error;
  }
  const indices =
    matcher.cachedShape === set.shape ? matcher.cachedIndices : matchNames(interpreter, matcher, set, pos);
  const environment: Environment = [outer];
  if (hasName) environment.push(arg);
  const first = environment.length;
  const { values } = set;
  const count = indices.length;
  let complete = true;
  for (let i = 0; i < count; i++) {
    const index = indices[i] as number;
    if (index < 0) complete = false;
    environment.push(index < 0 ? undefined : values[index]);
  }
  pad(environment, size);
  if (complete) return environment;
  // A default that is another formal shares its value only when C++ Nix has put that in place before.
  environment.fill(undefined, first, first + count);
  for (const i of matcher.order) {
    const index = indices[i] as number;
    environment[first + i] = index < 0 ? formals[i]?.fallback?.(environment) : values[index];
  }
  return environment;
}

/** Where each formal is in the argument (-1: its default is used). Remembers an accepted shape. */
function matchNames({ symbols }: Interpreter, matcher: FormalsMatcher, set: AttrSet, pos: Pos): readonly number[] {
  const { stage, formals } = matcher;
  const indices: number[] = [];
  const missing: string[] = [];
  let used = 0;
  for (const formal of formals) {
    const index = set.shape.indexOf(formal.name);
    if (index >= 0) used++;
    else if (formal.fallback === undefined) missing.push(formal.name);
    indices.push(index);
  }
  if (missing.length > 0) {
    const first = missing[symbols.order(missing)[0] as number] as string;
    throw wrongArgument(stage, `called without required argument '${first}'`, pos).about(set);
  }
  if (!stage.ellipsis && used !== set.size) {
    const names = formals.map((formal) => formal.name);
    const index = set.shape.orderIn(symbols).find((i) => !names.includes(set.names[i] as string)) as number;
    const unexpected = set.names[index] as string;
    throw wrongArgument(stage, `called with unexpected argument '${printAttrName(unexpected)}'`, pos)
      .suggest(suggestNames(names, unexpected))
      .about(set);
  }
  matcher.cachedShape = set.shape;
  matcher.cachedIndices = indices;
  return indices;
}

function wrongArgument(stage: LambdaStage, what: string, pos: Pos): NixError {
  const error = new NixError("missingArgument", `function '${stage.name ?? "anonymous lambda"}' ${what}`, stage.pos);
  return error.addTrace("from call site", pos);
}
