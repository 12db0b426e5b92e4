// Positions as values: `__curPos`, unsafeGetAttrPos.
import type { Pos } from "../source/position.ts";
import { AttrSet, Shape } from "../value/attr-set.ts";
import { Thunk } from "../value/thunk.ts";
import type { Value } from "../value/value.ts";
import type { Interpreter } from "./interpreter.ts";

const shape = Shape.intern(["column", "file", "line"]);

interface PlaceRequest {
  readonly interpreter: Interpreter;
  readonly pos: Pos;
}

/** `{ column; file; line; }`, or null for a place that is not in a file. Line and column are counted when needed. */
export function positionValue(interpreter: Interpreter, pos: Pos): Value {
  const origin = interpreter.positions.sourceOf(pos)?.origin;
  if (origin?.kind !== "file") return null;
  const request: PlaceRequest = { interpreter, pos };
  return new AttrSet(shape, [Thunk.of(findColumn, request), origin.path, Thunk.of(findLine, request)]);
}

/** Whether this is a line or column that nobody needed yet: to C++ Nix, the call of a function. */
export function isDelayedPlace({ code }: Thunk): boolean {
  return code === findColumn || code === findLine;
}

function findColumn({ interpreter, pos }: PlaceRequest): Value {
  return interpreter.positions.resolve(pos)?.column ?? null;
}

function findLine({ interpreter, pos }: PlaceRequest): Value {
  return interpreter.positions.resolve(pos)?.line ?? null;
}
