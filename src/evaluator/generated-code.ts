// What generated JavaScript calls.
import { NixError } from "../source/nix-error.ts";
import type { Pos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { Lambda } from "../value/function.ts";
import { force, Thunk } from "../value/thunk.ts";
import type { Lazy, Value } from "../value/value.ts";
import { applyOne, applyTwo, callFunction } from "./call.ts";
import { areEqual } from "./comparison.ts";
import { concatenateLists } from "./compile-operators.ts";
import { Concatenation } from "./concatenation.ts";
import { newEnvironment } from "./environment.ts";
import { wrongType } from "./expect.ts";
import { matchFormals } from "./formals.ts";
import type { Interpreter } from "./interpreter.ts";

/** How a generated function begins: with the environment around it and its arguments. */
export type Entry = (...args: readonly unknown[]) => Value;

/** What an error is told where it passes. */
export interface ErrorFrame {
  readonly message: string;
  readonly pos: Pos;
  readonly isHint?: boolean;
}

const none: readonly Lazy[] = [];

function addFrames(error: unknown, places: readonly (readonly ErrorFrame[])[], place: number): unknown {
  if (error instanceof NixError) {
    for (const { message, pos, isHint } of places[place] as readonly ErrorFrame[]) {
      error.addTrace(message, pos, isHint ? { hint: true } : undefined);
    }
  }
  return error;
}

const shared = {
  addFrames,
  applyOne,
  applyTwo,
  areEqual,
  AttrSet,
  callFunction,
  concatenateLists,
  Concatenation,
  force,
  Lambda,
  matchFormals,
  newEnvironment,
  none,
  Thunk,
  wrongType,
};

export const runtimeNames: readonly string[] = [...Object.keys(shared), "I", "M"];

/** The names that generated code uses, for one evaluation: its interpreter is `I` and the interpreter's memory `M`. */
export function runtimeOf(interpreter: Interpreter): Readonly<Record<string, unknown>> {
  return { ...shared, I: interpreter, M: interpreter.memory };
}
