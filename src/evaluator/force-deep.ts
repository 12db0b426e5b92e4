// Forcing a value with everything in it: `deepSeq`, `--strict`.
import { noPos } from "../source/position.ts";
import { AttrSet } from "../value/attr-set.ts";
import { printAttrName } from "../value/print.ts";
import { force } from "../value/thunk.ts";
import { isListValue, type Lazy, type NixList } from "../value/value.ts";
import { determinePos } from "./call.ts";
import { addFrame } from "./expect.ts";
import type { Interpreter } from "./interpreter.ts";

/** Every level counts as a nested call. Cycles are fine: an item or attribute is gone through once. An error gets a frame for each attribute and item around it. */
export function forceDeep(interpreter: Interpreter, lazy: Lazy, seen: Set<object> = new Set()): void {
  const pos = determinePos(lazy);
  interpreter.enterCall(pos);
  const value = force(lazy, pos);
  if ((value instanceof AttrSet || isListValue(value)) && !seen.has(lazy as object)) {
    seen.add(lazy as object);
    if (value instanceof AttrSet) forceAttributes(interpreter, value, seen);
    else forceItems(interpreter, value, seen);
  }
  interpreter.callDepth--;
}

function forceAttributes(interpreter: Interpreter, set: AttrSet, seen: Set<object>): void {
  for (const i of set.shape.orderIn(interpreter.symbols)) {
    try {
      forceDeep(interpreter, set.values[i] as Lazy, seen);
    } catch (error) {
      const name = printAttrName(set.names[i] as string);
      throw addFrame(error, `while evaluating the attribute '${name}'`, set.positionAt(i));
    }
  }
}

function forceItems(interpreter: Interpreter, list: NixList, seen: Set<object>): void {
  for (let i = 0; i < list.length; i++) {
    try {
      forceDeep(interpreter, list[i] as Lazy, seen);
    } catch (error) {
      throw addFrame(error, `while evaluating list element at index ${i}`, noPos);
    }
  }
}
