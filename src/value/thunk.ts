// Delayed computations. A thunk is forced at most once: while it runs its code is a black hole, afterwards it holds its
// value and drops its environment, and one that failed remembers its error (C++ Nix 2.34), so nothing is evaluated twice.
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos } from "../source/position.ts";
import type { Lazy, Value } from "./value.ts";

/** `pos` is where the value is needed; `argument` is what `Thunk.withArgument` was given. */
export type ThunkCode<Environment> = (environment: Environment, pos: Pos, argument: Lazy) => Value;

export class Thunk {
  /** What to run; null once the value is there. */
  code: ThunkCode<never> | null;
  environment: unknown;
  /** The value once it is there; until then, the argument. */
  value: Lazy | undefined;

  private constructor(code: ThunkCode<never> | null, environment: unknown, argument: Lazy | undefined) {
    this.code = code;
    this.environment = environment;
    this.value = argument;
  }

  static of<Environment>(code: ThunkCode<Environment>, environment: Environment): Thunk {
    return new Thunk(code as ThunkCode<never>, environment, undefined);
  }

  /** For many thunks that share an environment: each has an argument of its own besides. */
  static withArgument<Environment>(code: ThunkCode<Environment>, environment: Environment, argument: Lazy): Thunk {
    return new Thunk(code as ThunkCode<never>, environment, argument);
  }

  /** For a value that is there for all that a program can tell, and is found out when it is looked at. */
  static found(find: () => Value): Thunk {
    const thunk = new Thunk(null, undefined, undefined);
    let value: Value | undefined;
    Object.defineProperty(thunk, "value", {
      get: () => {
        value ??= find();
        return value;
      },
    });
    return thunk;
  }

  /** Whether the value is there already. */
  get isForced(): boolean {
    return this.code === null;
  }

  /** Whether the thunk is being forced right now. */
  get isBlackHole(): boolean {
    return this.code === blackHole;
  }
}

/** The error of a thunk that needs its own value. It remembers which, to mark where the cycle is entered. */
export class InfiniteRecursionError extends NixError {
  readonly thunk: Thunk;
  /** Where the thunks on the way round were needed, innermost first. */
  readonly cycle: Pos[] = [];
  /** Whether the way round is known: the error has come back to the thunk. */
  isComplete = false;

  constructor(thunk: Thunk) {
    super("infiniteRecursion", "infinite recursion encountered");
    this.thunk = thunk;
  }

  override copy(): InfiniteRecursionError {
    const error = this.copyInto(new InfiniteRecursionError(this.thunk));
    error.cycle.push(...this.cycle);
    error.isComplete = this.isComplete;
    return error;
  }
}

const blackHole: ThunkCode<Thunk> = (thunk) => {
  throw new InfiniteRecursionError(thunk);
};

/** Outer frames are added to errors as they travel, so a remembered error is thrown as a copy. */
const rethrow: ThunkCode<unknown> = (error) => {
  throw error instanceof NixError ? error.copy() : error;
};

/** The value in weak head normal form. `pos` is where it was needed, for the message of an infinite recursion. */
export function force(lazy: Lazy, pos: Pos = noPos): Value {
  return lazy instanceof Thunk ? (lazy.code === null ? (lazy.value as Value) : run(lazy, pos)) : lazy;
}

function run(thunk: Thunk, pos: Pos): Value {
  const code = thunk.code as ThunkCode<unknown>;
  const { environment, value: argument } = thunk;
  // A delayed call that needs its own value is called again, until calls are nested too deeply.
  if (argument === undefined) {
    thunk.code = blackHole as ThunkCode<never>;
    thunk.environment = thunk;
  }
  try {
    const value = code(environment, pos, argument as Lazy);
    thunk.value = value;
    thunk.environment = undefined;
    thunk.code = null;
    return value;
  } catch (error) {
    remember(thunk, code, environment, error, pos);
    throw error;
  }
}

function remember(thunk: Thunk, code: ThunkCode<unknown>, environment: unknown, error: unknown, pos: Pos): void {
  if (!(error instanceof NixError)) {
    // Not the program's fault (the native stack is full, a missing object may yet be fetched): leave it as it was.
    thunk.code = code as ThunkCode<never>;
    thunk.environment = environment;
    return;
  }
  if (error instanceof InfiniteRecursionError && error.thunk === thunk) {
    if (code === (blackHole as ThunkCode<unknown>)) {
      error.cycle.push(pos);
      if (error.pos === noPos) error.pos = pos;
      return;
    }
    error.isComplete = true;
    // Delayed calls, which have an argument, are not marked.
    if (thunk.value === undefined) {
      error.addTrace("entering the infinite recursion", noPos, { always: true, isNew: true });
    }
  }
  if (error instanceof InfiniteRecursionError && !error.isComplete) error.cycle.push(pos);
  thunk.code = rethrow as ThunkCode<never>;
  thunk.environment = error;
  thunk.value = undefined;
}
