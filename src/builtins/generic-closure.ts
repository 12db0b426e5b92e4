// `genericClosure`: everything that an operator leads to from a start set, told apart by the attribute `key`.
import { applyOne } from "../evaluator/call.ts";
import { addFrame, expectAttr, expectAttrs, expectFunction, expectList } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import type { AttrSet } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { force } from "../value/thunk.ts";
import type { Lazy, NixList } from "../value/value.ts";
import { KeySet } from "./key-set.ts";

export const genericClosureBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "genericClosure",
    parameters: ["attrset"],
    doc: "The sets of `startSet` and those that `operator` gives for them, breadth first, each `key` once.",
    run: (interpreter, _pos, argument: Lazy) => {
      const { startSet, operator } = readArgument(interpreter, argument);
      if (startSet.length === 0) return startSet;
      const fn = expectFunction(
        interpreter,
        operator(),
        noPos,
        "while evaluating the 'operator' attribute passed as argument to builtins.genericClosure",
      );
      const keys = new KeySet(interpreter);
      const result: Lazy[] = [];
      const work: Lazy[] = [...startSet];
      for (let next = 0; next < work.length; next++) {
        const item = work[next] as Lazy;
        if (!addKey(interpreter, keys, item)) continue;
        result.push(item);
        const found = applyOperator(interpreter, fn, item);
        for (let i = 0; i < found.length; i++) work.push(found[i] as Lazy);
      }
      return result;
    },
  },
];

/** The operator is looked at only when there is something to apply it to. */
function readArgument(interpreter: Interpreter, argument: Lazy): { startSet: NixList; operator: () => Lazy } {
  const set = expectAttrs(
    interpreter,
    argument,
    noPos,
    "while evaluating the first argument passed to builtins.genericClosure",
  );
  const purpose = "in the attrset passed as argument to builtins.genericClosure";
  const startSet = expectList(
    interpreter,
    expectAttr(set, "startSet", purpose),
    noPos,
    "while evaluating the 'startSet' attribute passed as argument to builtins.genericClosure",
  );
  return { startSet, operator: () => expectAttr(set, "operator", purpose) };
}

/** False when the key of the element was there already. */
function addKey(interpreter: Interpreter, keys: KeySet, item: Lazy): boolean {
  let element: AttrSet;
  let key: Lazy;
  try {
    element = expectAttrs(interpreter, item, noPos, "");
    key = expectAttr(element, "key", "");
  } catch (error) {
    throw addFrame(error, `in genericClosure element ${interpreter.show(item)}`, noPos);
  }
  const keyValue = force(key);
  const depth = interpreter.callDepth;
  try {
    return keys.add(keyValue, element);
  } catch (error) {
    if (!(error instanceof NixError)) throw error;
    interpreter.callDepth = depth;
    const other = keys.findIncomparable(keyValue);
    interpreter.callDepth = depth;
    if (other === undefined) {
      throw addFrame(error, `while checking key of element ${interpreter.show(element)}`, noPos);
    }
    addFrame(error, `with element ${interpreter.show(other)}`, noPos);
    throw addFrame(error, `while comparing element ${interpreter.show(element)}`, noPos);
  }
}

function applyOperator(interpreter: Interpreter, fn: Lazy, item: Lazy): NixList {
  try {
    const found = expectList(
      interpreter,
      applyOne(interpreter, force(fn), item, noPos),
      noPos,
      "while evaluating the return value of the `operator` passed to builtins.genericClosure",
    );
    for (let i = 0; i < found.length; i++) force(found[i] as Lazy);
    return found;
  } catch (error) {
    throw addFrame(error, `while calling operator on genericClosure element ${interpreter.show(item)}`, noPos);
  }
}
