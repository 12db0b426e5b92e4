// Attribute sets. What a set gives is in the order of its names; positions of attributes survive where C++ Nix keeps them.
import { type DelayedAttrCalls, delayAttrCall } from "../evaluator/call.ts";
import { expectAttr, expectAttrs, expectFunction, expectList, expectPlainString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { positionValue } from "../evaluator/position-value.ts";
import { noPos, type Pos } from "../source/position.ts";
import { AttrSet, Shape } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { force } from "../value/thunk.ts";
import { emptyList, type Lazy } from "../value/value.ts";
import { sortNames } from "./name-order.ts";

export const attributeSetBuiltins: readonly BuiltinDefinition<Interpreter>[] = [
  {
    name: "attrNames",
    parameters: ["set"],
    doc: "The names of the attributes, sorted.",
    run: (interpreter, _pos, set: Lazy) =>
      expectAttrs(interpreter, set, noPos, "while evaluating the argument passed to builtins.attrNames").names,
  },
  {
    name: "attrValues",
    parameters: ["set"],
    doc: "The values of the attributes, in the order of their names.",
    run: (interpreter, _pos, set: Lazy) =>
      expectAttrs(interpreter, set, noPos, "while evaluating the argument passed to builtins.attrValues").values,
  },
  {
    name: "hasAttr",
    parameters: ["s", "set"],
    doc: "Whether the set has an attribute with this name.",
    run: (interpreter, _pos, nameArg: Lazy, setArg: Lazy) => {
      const name = expectPlainString(
        interpreter,
        nameArg,
        noPos,
        "while evaluating the first argument passed to builtins.hasAttr",
      );
      const purpose = "while evaluating the second argument passed to builtins.hasAttr";
      return expectAttrs(interpreter, setArg, noPos, purpose).has(name);
    },
  },
  {
    name: "getAttr",
    parameters: ["s", "set"],
    doc: "The value of the attribute with this name.",
    run: (interpreter, _pos, nameArg: Lazy, setArg: Lazy) => {
      const name = expectPlainString(
        interpreter,
        nameArg,
        noPos,
        "while evaluating the first argument passed to builtins.getAttr",
      );
      const set = expectAttrs(
        interpreter,
        setArg,
        noPos,
        "while evaluating the second argument passed to builtins.getAttr",
      );
      return force(expectAttr(set, name, "in the attribute set under consideration"));
    },
  },
  {
    name: "unsafeGetAttrPos",
    parameters: ["s", "set"],
    doc: "Where the attribute was defined; null when it is not there or was not written in a file.",
    run: (interpreter, _pos, nameArg: Lazy, setArg: Lazy) => {
      const name = expectPlainString(
        interpreter,
        nameArg,
        noPos,
        "while evaluating the first argument passed to builtins.unsafeGetAttrPos",
      );
      const purpose = "while evaluating the second argument passed to builtins.unsafeGetAttrPos";
      return positionValue(interpreter, expectAttrs(interpreter, setArg, noPos, purpose).positionOf(name));
    },
  },
  {
    name: "removeAttrs",
    parameters: ["set", "list"],
    doc: "The set without the attributes whose names are in the list.",
    global: true,
    run: (interpreter, _pos, setArg: Lazy, list: Lazy) => {
      const set = expectAttrs(
        interpreter,
        setArg,
        noPos,
        "while evaluating the first argument passed to builtins.removeAttrs",
      );
      const names = expectList(
        interpreter,
        list,
        noPos,
        "while evaluating the second argument passed to builtins.removeAttrs",
      );
      const purpose = "while evaluating the values of the second argument passed to builtins.removeAttrs";
      const removed: number[] = [];
      for (let i = 0; i < names.length; i++) {
        const index = set.shape.indexOf(expectPlainString(interpreter, names[i] as Lazy, noPos, purpose));
        if (index >= 0) removed.push(index);
      }
      return without(set, removed);
    },
  },
  {
    name: "listToAttrs",
    parameters: ["e"],
    doc: "The set made of a list of `{ name; value; }`; of several with one name the first counts.",
    run: (interpreter, _pos, list: Lazy) => {
      const items = expectList(
        interpreter,
        list,
        noPos,
        "while evaluating the argument passed to builtins.listToAttrs",
      );
      return listToAttrs(interpreter, items);
    },
  },
  {
    name: "catAttrs",
    parameters: ["attr", "list"],
    doc: "The values of one attribute in a list of sets; sets without it are left out.",
    run: (interpreter, _pos, nameArg: Lazy, list: Lazy) => {
      const name = expectPlainString(
        interpreter,
        nameArg,
        noPos,
        "while evaluating the first argument passed to builtins.catAttrs",
      );
      const sets = expectList(
        interpreter,
        list,
        noPos,
        "while evaluating the second argument passed to builtins.catAttrs",
      );
      const purpose = "while evaluating an element in the list passed as second argument to builtins.catAttrs";
      const values: Lazy[] = [];
      for (let i = 0; i < sets.length; i++) {
        const value = expectAttrs(interpreter, sets[i] as Lazy, noPos, purpose).get(name);
        if (value !== undefined) values.push(value);
      }
      return values;
    },
  },
  {
    name: "intersectAttrs",
    parameters: ["e1", "e2"],
    doc: "The attributes of the second set whose names are in the first one too.",
    run: (interpreter, _pos, leftArg: Lazy, rightArg: Lazy) => {
      const left = expectAttrs(
        interpreter,
        leftArg,
        noPos,
        "while evaluating the first argument passed to builtins.intersectAttrs",
      );
      const right = expectAttrs(
        interpreter,
        rightArg,
        noPos,
        "while evaluating the second argument passed to builtins.intersectAttrs",
      );
      return intersect(left, right);
    },
  },
  {
    name: "mapAttrs",
    parameters: ["f", "attrset"],
    doc: "The set with the results of the function for name and value, each computed when it is needed.",
    run: (interpreter, _pos, fn: Lazy, setArg: Lazy) => {
      const set = expectAttrs(
        interpreter,
        setArg,
        noPos,
        "while evaluating the second argument passed to builtins.mapAttrs",
      );
      if (set.size === 0) return AttrSet.empty;
      const { names, values } = set;
      const calls: DelayedAttrCalls = { interpreter, fn, names, values };
      const results = new Array<Lazy>(values.length);
      for (let i = 0; i < values.length; i++) results[i] = delayAttrCall(calls, i);
      return new AttrSet(set.shape, results);
    },
  },
  {
    name: "zipAttrsWith",
    parameters: ["f", "list"],
    doc: "One set out of several: the results of the function for each name and the list of its values.",
    run: (interpreter, _pos, fn: Lazy, list: Lazy) => {
      const zipper = expectFunction(
        interpreter,
        fn,
        noPos,
        "while evaluating the first argument passed to builtins.zipAttrsWith",
      );
      const sets = expectList(
        interpreter,
        list,
        noPos,
        "while evaluating the second argument passed to builtins.zipAttrsWith",
      );
      const purpose = "while evaluating a value of the list passed as second argument to builtins.zipAttrsWith";
      const valuesByName = new Map<string, Lazy[]>();
      for (let i = 0; i < sets.length; i++) {
        const { names, values } = expectAttrs(interpreter, sets[i] as Lazy, noPos, purpose);
        for (let j = 0; j < values.length; j++) {
          const known = valuesByName.get(names[j] as string);
          if (known === undefined) valuesByName.set(names[j] as string, [values[j] as Lazy]);
          else known.push(values[j] as Lazy);
        }
      }
      if (valuesByName.size === 0) return AttrSet.empty;
      const names = sortNames([...valuesByName.keys()]);
      const values = names.map((name) => valuesByName.get(name) ?? emptyList);
      const calls: DelayedAttrCalls = { interpreter, fn: zipper, names, values };
      return new AttrSet(
        Shape.unique(names),
        values.map((_, index) => delayAttrCall(calls, index)),
      );
    },
  },
];

/** Every item's `name` is forced before any `value` is missed. */
function listToAttrs(interpreter: Interpreter, items: readonly Lazy[]): AttrSet {
  const count = items.length;
  if (count === 0) return AttrSet.empty;
  const purpose = "while evaluating an element of the list passed to builtins.listToAttrs";
  const namePurpose = "while evaluating the `name` attribute of an element of the list passed to builtins.listToAttrs";
  const names = new Array<string>(count);
  const pairs = new Array<AttrSet>(count);
  let isSorted = true;
  let last = "";
  for (let i = 0; i < count; i++) {
    const pair = expectAttrs(interpreter, items[i] as Lazy, noPos, purpose);
    let name: Lazy = expectAttr(pair, "name", "in a {name=...; value=...;} pair");
    if (typeof name !== "string") name = expectPlainString(interpreter, name, pair.positionOf("name"), namePurpose);
    if (isSorted && i > 0 && !(last < name)) isSorted = false;
    interpreter.symbols.add(name);
    names[i] = name;
    pairs[i] = pair;
    last = name;
  }
  return isSorted ? fromPairs(names, pairs) : fromPairs(...sortPairs(names, pairs));
}

/** The first of several pairs with one name, in the order of the names. */
function sortPairs(names: readonly string[], pairs: readonly AttrSet[]): [string[], AttrSet[]] {
  if (names.length === 2) {
    const [first, second] = names as readonly [string, string];
    return first === second
      ? [[first], [pairs[0] as AttrSet]]
      : [
          [second, first],
          [pairs[1] as AttrSet, pairs[0] as AttrSet],
        ];
  }
  const byName = new Map<string, AttrSet>();
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    if (!byName.has(name)) byName.set(name, pairs[i] as AttrSet);
  }
  const sorted = sortNames([...byName.keys()]);
  return [sorted, sorted.map((name) => byName.get(name) as AttrSet)];
}

/** The set of these names, which are in order, and the values of the pairs. */
function fromPairs(names: readonly string[], pairs: readonly AttrSet[]): AttrSet {
  const values = new Array<Lazy>(names.length);
  const positions = new Array<Pos>(names.length);
  for (let i = 0; i < names.length; i++) {
    const pair = pairs[i] as AttrSet;
    values[i] = expectAttr(pair, "value", "in a {name=...; value=...;} pair");
    positions[i] = pair.positionOf("value");
  }
  return new AttrSet(shapeOf(names), values, positions);
}

const smallShapes = new Map<string, Shape>();
const smallShapeSize = 4;
const mostSmallShapes = 256;

/** The shape of a list's names. Small sets are often alike, such as those of the outputs of derivations. */
function shapeOf(names: readonly string[]): Shape {
  if (names.length > smallShapeSize) return Shape.unique(names);
  const key = names.join("\0");
  let shape = smallShapes.get(key);
  if (shape === undefined) {
    if (smallShapes.size >= mostSmallShapes) return Shape.unique(names);
    shape = Shape.intern(names);
    smallShapes.set(key, shape);
  }
  return shape;
}

/** The set without the attributes of these indices, which may come in any order and more than once. */
function without(set: AttrSet, removed: readonly number[]): AttrSet {
  if (set.size === 0) return AttrSet.empty;
  if (removed.length === 0) return new AttrSet(set.shape, set.values, set.positions);
  const isRemoved = removed.length > 8 ? new Set(removed) : undefined;
  const kept: number[] = [];
  for (let i = 0; i < set.size; i++) {
    if (!(isRemoved === undefined ? removed.includes(i) : isRemoved.has(i))) kept.push(i);
  }
  return set.subset(kept);
}

/** The smaller set is gone through and the larger one searched. */
function intersect(left: AttrSet, right: AttrSet): AttrSet {
  if (left.size === 0 || right.size === 0) return AttrSet.empty;
  const common: number[] = [];
  if (left.size >= right.size) {
    for (let i = 0; i < right.size; i++) if (left.shape.indexOf(right.names[i] as string) >= 0) common.push(i);
    return right.subset(common);
  }
  const found: number[] = [];
  for (let i = 0; i < left.size; i++) {
    const index = right.shape.indexOf(left.names[i] as string);
    if (index < 0) continue;
    common.push(i);
    found.push(index);
  }
  // The names are a part of the smaller set's too, and that one's shape is likely to be known.
  const shape = common.length === left.size ? left.shape : left.shape.subset(common);
  const values = found.map((index) => right.values[index] as Lazy);
  return new AttrSet(shape, values, right.positions && found.map((index) => right.positionAt(index)));
}
