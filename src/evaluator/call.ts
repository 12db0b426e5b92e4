// Calling functions: lambdas (curried ones in one go), builtins, partial applications of both, and functors.
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { Builtin, BuiltinApplication, Lambda, type LambdaStage } from "../value/function.ts";
import { force, Thunk } from "../value/thunk.ts";
import type { Lazy, Value } from "../value/value.ts";
import type { CompiledLambda } from "./compiled-lambda.ts";
import { addFrame } from "./expect.ts";
import { traceCall } from "./function-trace.ts";
import type { Interpreter } from "./interpreter.ts";
import { builtinPurpose } from "./purposes.ts";

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
  if (interpreter.callDepth <= interpreter.plainCallDepth) {
    if (fn instanceof Lambda) {
      const code = fn.code as CompiledLambda;
      if (code.arity === 1) {
        interpreter.callDepth++;
        interpreter.memory.spend(1);
        const value = code.enterOne(fn.environment, arg, pos);
        interpreter.callDepth--;
        return value;
      }
    } else if (fn instanceof Builtin && fn.arity === 1) {
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
  }
  return callFunction(interpreter, fn, [arg], pos);
}

/** Calls a function that is evaluated already with two arguments. */
export function applyTwo(interpreter: Interpreter, fn: Value, first: Lazy, second: Lazy, pos: Pos): Value {
  if (interpreter.callDepth <= interpreter.plainCallDepth) {
    if (fn instanceof Lambda) {
      const code = fn.code as CompiledLambda;
      if (code.arity === 2 && fn.bound.length === 0) {
        interpreter.callDepth++;
        interpreter.memory.spend(1);
        const value = code.enterTwo(fn.environment, first, second, pos);
        interpreter.callDepth--;
        return value;
      }
    } else if (fn instanceof Builtin && fn.arity === 2) {
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
  return builtin.untraced ? error : addFrame(error, builtinPurpose(builtin), pos);
}

/** Runs the body with all arguments there. */
function runLambda(interpreter: Interpreter, lambda: Lambda, args: readonly Lazy[], pos: Pos): Value {
  const code = lambda.code as CompiledLambda;
  if (interpreter.showTrace) return runTraced(code, lambda.environment, args, pos);
  switch (code.arity) {
    case 1:
      return code.enterOne(lambda.environment, args[0] as Lazy, pos);
    case 2:
      return code.enterTwo(lambda.environment, args[0] as Lazy, args[1] as Lazy, pos);
    default:
      return code.enterAll(lambda.environment, args, pos);
  }
}

/** Only the last of merged lambdas is running when its body fails. */
function runTraced(code: CompiledLambda, outer: unknown, args: readonly Lazy[], pos: Pos): Value {
  const environment = code.bind(outer, args, pos);
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
