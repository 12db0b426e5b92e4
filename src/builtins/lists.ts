// Lists. `map` and its kin force their function at once, though not for an empty list, and delay the calls.
import { applyOne, applyTwo, type DelayedCalls, delayCall, determinePos } from "../evaluator/call.ts";
import { areItemsEqual } from "../evaluator/comparison.ts";
import { expectBool, expectFunction, expectInt, expectList, expectPlainString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos } from "../source/position.ts";
import { AttrSet, Shape } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { force } from "../value/thunk.ts";
import { emptyList, isListValue, type Lazy, type NixList, type Value } from "../value/value.ts";

/** About 2 GB. */
const maxNewItems = 2 ** 25;

const partitionShape = Shape.intern(["right", "wrong"]);

export const listBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "map",
    parameters: ["f", "list"],
    doc: "The results of the function for the items of the list, each computed when it is needed.",
    global: true,
    run: (interpreter, _pos, fn: Lazy, list: Lazy) => {
      const items = expectList(interpreter, list, noPos, "while evaluating the second argument passed to builtins.map");
      const count = items.length;
      if (count === 0) return items;
      const mapper = expectFunction(
        interpreter,
        fn,
        noPos,
        "while evaluating the first argument passed to builtins.map",
      );
      const calls: DelayedCalls = { interpreter, fn: mapper };
      const results = new Array<Lazy>(count);
      interpreter.memory.spend(count);
      for (let i = 0; i < count; i++) results[i] = delayCall(calls, items[i] as Lazy);
      return results;
    },
  },
  {
    name: "filter",
    parameters: ["f", "list"],
    doc: "The items of the list for which the function gives true.",
    run: (interpreter, _pos, fn: Lazy, list: Lazy) => {
      const items = expectList(
        interpreter,
        list,
        noPos,
        "while evaluating the second argument passed to builtins.filter",
      );
      if (items.length === 0) return items;
      const predicate = expectFunction(
        interpreter,
        fn,
        noPos,
        "while evaluating the first argument passed to builtins.filter",
      );
      const kept: Lazy[] = [];
      for (let i = 0; i < items.length; i++) {
        const item = items[i] as Lazy;
        const verdict = applyOne(interpreter, predicate, item, noPos);
        if (verdict === false) continue;
        const purpose = "while evaluating the return value of the filtering function passed to builtins.filter";
        if (verdict === true || expectBool(interpreter, verdict, noPos, purpose)) kept.push(item);
      }
      return kept.length === items.length ? items : withoutSpareRoom(kept);
    },
  },
  {
    name: "elem",
    parameters: ["x", "xs"],
    doc: "Whether the list has an item that equals the value.",
    run: (interpreter, _pos, wanted: Lazy, list: Lazy) => {
      const items = expectList(
        interpreter,
        list,
        noPos,
        "while evaluating the second argument passed to builtins.elem",
      );
      for (let i = 0; i < items.length; i++) {
        if (areItemsEqual(interpreter, wanted, items[i] as Lazy, noPos)) return true;
      }
      return false;
    },
  },
  {
    name: "elemAt",
    parameters: ["xs", "n"],
    doc: "The item of the list with the given index, counted from 0.",
    run: (interpreter, _pos, list: Lazy, n: Lazy) => {
      const index = expectInt(
        interpreter,
        n,
        noPos,
        "while evaluating the second argument passed to 'builtins.elemAt'",
      );
      const items = expectList(
        interpreter,
        list,
        noPos,
        "while evaluating the first argument passed to 'builtins.elemAt'",
      );
      if (index < 0 || index >= items.length) {
        throw new NixError("eval", `'builtins.elemAt' called with index ${index} on a list of size ${items.length}`);
      }
      return force(items[Number(index)] as Lazy);
    },
  },
  {
    name: "head",
    parameters: ["list"],
    doc: "The first item of a list that is not empty.",
    run: (interpreter, _pos, list: Lazy) => {
      const items = expectList(
        interpreter,
        list,
        noPos,
        "while evaluating the first argument passed to 'builtins.head'",
      );
      if (items.length === 0) throw new NixError("eval", "'builtins.head' called on an empty list");
      return force(items[0] as Lazy);
    },
  },
  {
    name: "tail",
    parameters: ["list"],
    doc: "All but the first item of a list that is not empty. It copies the list.",
    run: (interpreter, _pos, list: Lazy) => {
      const items = expectList(
        interpreter,
        list,
        noPos,
        "while evaluating the first argument passed to 'builtins.tail'",
      );
      if (items.length === 0) throw new NixError("eval", "'builtins.tail' called on an empty list");
      return items.slice(1);
    },
  },
  {
    name: "length",
    parameters: ["e"],
    doc: "The number of items of a list.",
    run: (interpreter, _pos, list: Lazy) =>
      expectList(interpreter, list, noPos, "while evaluating the first argument passed to builtins.length").length,
  },
  {
    name: "concatLists",
    parameters: ["lists"],
    doc: "The items of the lists in a list.",
    run: (interpreter, _pos, list: Lazy) => {
      const lists = expectList(
        interpreter,
        list,
        noPos,
        "while evaluating the first argument passed to builtins.concatLists",
      );
      const purpose = "while evaluating a value of the list passed to builtins.concatLists";
      const forced = new Array<NixList>(lists.length);
      for (let i = 0; i < forced.length; i++) forced[i] = expectList(interpreter, lists[i] as Lazy, noPos, purpose);
      return concatenate(forced);
    },
  },
  {
    name: "concatMap",
    parameters: ["f", "list"],
    doc: "The items of the lists that the function gives for the items of the list. It is called at once.",
    run: (interpreter, _pos, fn: Lazy, list: Lazy) => {
      const mapper = expectFunction(
        interpreter,
        fn,
        noPos,
        "while evaluating the first argument passed to builtins.concatMap",
      );
      const items = expectList(
        interpreter,
        list,
        noPos,
        "while evaluating the second argument passed to builtins.concatMap",
      );
      const purpose = "while evaluating the return value of the function passed to builtins.concatMap";
      const lists = new Array<NixList>(items.length);
      for (let i = 0; i < lists.length; i++) {
        const result = applyOne(interpreter, mapper, items[i] as Lazy, noPos);
        lists[i] = isListValue(result)
          ? result
          : expectList(interpreter, result, determinePos(result, determinePos(mapper)), purpose);
      }
      return concatenate(lists);
    },
  },
  {
    name: "foldl'",
    parameters: ["op", "nul", "list"],
    doc: "Reduces a list from the left with a function of two arguments; every intermediate result is evaluated.",
    run: (interpreter, _pos, fn: Lazy, start: Lazy, list: Lazy) => {
      const operator = expectFunction(
        interpreter,
        fn,
        noPos,
        "while evaluating the first argument passed to builtins.foldlStrict",
      );
      const items = expectList(
        interpreter,
        list,
        noPos,
        "while evaluating the third argument passed to builtins.foldlStrict",
      );
      if (items.length === 0) return force(start);
      let result: Value = applyTwo(interpreter, operator, start, items[0] as Lazy, noPos);
      for (let i = 1; i < items.length; i++) {
        result = applyTwo(interpreter, operator, result, items[i] as Lazy, noPos);
      }
      return result;
    },
  },
  search("any", "Whether the function gives true for one item of the list at least.", true),
  search("all", "Whether the function gives true for every item of the list.", false),
  {
    name: "genList",
    parameters: ["generator", "length"],
    doc: "The results of the function for 0, 1, 2, …, each computed when it is needed.",
    run: (interpreter, _pos, fn: Lazy, length: Lazy) => {
      const count = expectInt(
        interpreter,
        length,
        noPos,
        "while evaluating the second argument passed to builtins.genList",
      );
      if (count < 0) throw new NixError("eval", `cannot create list of size ${count}`);
      const generator = expectFunction(
        interpreter,
        fn,
        noPos,
        "while evaluating the first argument passed to builtins.genList",
      );
      // V8 would end the process, not the evaluation.
      if (count > maxNewItems) throw new RangeError("Invalid array length");
      const calls: DelayedCalls = { interpreter, fn: generator };
      const size = Number(count);
      interpreter.memory.spend(size);
      const results = new Array<Lazy>(size);
      for (let i = 0; i < size; i++) results[i] = delayCall(calls, i);
      return results;
    },
  },
  {
    name: "partition",
    parameters: ["pred", "list"],
    doc: "Splits a list into the items for which the function gives true, `right`, and the others, `wrong`.",
    run: (interpreter, _pos, fn: Lazy, list: Lazy) => {
      const predicate = expectFunction(
        interpreter,
        fn,
        noPos,
        "while evaluating the first argument passed to builtins.partition",
      );
      const items = expectList(
        interpreter,
        list,
        noPos,
        "while evaluating the second argument passed to builtins.partition",
      );
      const purpose = "while evaluating the return value of the partition function passed to builtins.partition";
      const right: Lazy[] = [];
      const wrong: Lazy[] = [];
      for (let i = 0; i < items.length; i++) {
        const item = items[i] as Lazy;
        force(item);
        const verdict = applyOne(interpreter, predicate, item, noPos);
        (expectBool(interpreter, verdict, noPos, purpose) ? right : wrong).push(item);
      }
      return new AttrSet(partitionShape, [withoutSpareRoom(right), withoutSpareRoom(wrong)]);
    },
  },
  {
    name: "groupBy",
    parameters: ["f", "list"],
    doc: "A set that has, for every string that the function gives, the list of the items it gives it for.",
    run: (interpreter, _pos, fn: Lazy, list: Lazy) => {
      const namer = expectFunction(
        interpreter,
        fn,
        noPos,
        "while evaluating the first argument passed to builtins.groupBy",
      );
      const items = expectList(
        interpreter,
        list,
        noPos,
        "while evaluating the second argument passed to builtins.groupBy",
      );
      const purpose = "while evaluating the return value of the grouping function passed to builtins.groupBy";
      const groups = new Map<string, Lazy[]>();
      for (let i = 0; i < items.length; i++) {
        const item = items[i] as Lazy;
        const name = expectPlainString(interpreter, applyOne(interpreter, namer, item, noPos), noPos, purpose);
        const group = groups.get(name);
        if (group !== undefined) group.push(item);
        else {
          interpreter.symbols.add(name);
          groups.set(name, [item]);
        }
      }
      return AttrSet.from(groups);
    },
  },
];

/** V8 makes room for more than a dozen items at once in a list that grows; most lists stay short. */
const shortList = 12;

function withoutSpareRoom(list: Lazy[]): NixList {
  return list.length <= shortList ? list.slice() : list;
}

/** The items of all the lists; a single list that is not empty is given back as it is. */
function concatenate(lists: readonly NixList[]): NixList {
  let count = 0;
  let only: NixList | undefined;
  for (const list of lists) {
    if (list.length === 0) continue;
    only = count === 0 ? list : undefined;
    count += list.length;
  }
  if (count === 0) return emptyList;
  if (only !== undefined) return only;
  const items = new Array<Lazy>(count);
  let next = 0;
  for (const list of lists) for (let i = 0; i < list.length; i++) items[next++] = list[i] as Lazy;
  return items;
}

/** Whether the predicate gives `sought` for an item; when it does not, the result is the opposite. */
function search(name: string, doc: string, sought: boolean): BuiltinDefinition<Interpreter> {
  const firstPurpose = `while evaluating the first argument passed to builtins.${name}`;
  const secondPurpose = `while evaluating the second argument passed to builtins.${name}`;
  const resultPurpose = `while evaluating the return value of the function passed to builtins.${name}`;
  return {
    name,
    parameters: ["pred", "list"],
    doc,
    run: (interpreter, _pos, predicate: Lazy, list: Lazy) => {
      const test = expectFunction(interpreter, predicate, noPos, firstPurpose);
      const items = expectList(interpreter, list, noPos, secondPurpose);
      for (let i = 0; i < items.length; i++) {
        const verdict = applyOne(interpreter, test, items[i] as Lazy, noPos);
        if (expectBool(interpreter, verdict, noPos, resultPurpose) === sought) return sought;
      }
      return !sought;
    },
  };
}
