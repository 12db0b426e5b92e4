// Attribute sets. What a set gives is in the order of its names; positions of attributes survive where C++ Nix keeps them.
import { type DelayedAttrCalls, delayAttrCall } from "../evaluator/call.ts";
import { expectAttr, expectAttrs, expectFunction, expectList, expectPlainString } from "../evaluator/expect.ts";
import type { Interpreter } from "../evaluator/interpreter.ts";
import { positionValue } from "../evaluator/position-value.ts";
import { noPos, type Pos } from "../source/position.ts";
import { AttrSet, NameList, Shape } from "../value/attr-set.ts";
import type { BuiltinDefinition } from "../value/function.ts";
import { sortNames } from "../value/name-order.ts";
import { force } from "../value/thunk.ts";
import type { Lazy } from "../value/value.ts";

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
      const zipped =
        sets.length === 2
          ? zipTwo(
              expectAttrs(interpreter, sets[0] as Lazy, noPos, purpose),
              expectAttrs(interpreter, sets[1] as Lazy, noPos, purpose),
            )
          : zip(sets.map((set) => expectAttrs(interpreter, set, noPos, purpose)));
      const { names, values } = zipped;
      if (names.length === 0) return AttrSet.empty;
      const calls: DelayedAttrCalls = { interpreter, fn: zipper, names, values };
      const results = new Array<Lazy>(names.length);
      for (let i = 0; i < names.length; i++) results[i] = delayAttrCall(calls, i);
      return new AttrSet(zipped.shape, results);
    },
  },
];

/** The names of several sets, sorted, and the lists of their values. */
interface Zipped {
  readonly shape: Shape;
  readonly names: readonly string[];
  readonly values: readonly Lazy[];
}

function zip(sets: readonly AttrSet[]): Zipped {
  const valuesByName = new Map<string, Lazy[]>();
  for (const { names, values } of sets) {
    for (let j = 0; j < values.length; j++) {
      const known = valuesByName.get(names[j] as string);
      if (known === undefined) valuesByName.set(names[j] as string, [values[j] as Lazy]);
      else known.push(values[j] as Lazy);
    }
  }
  const names = sortNames([...valuesByName.keys()]);
  return { shape: Shape.unique(names), names, values: names.map((name) => valuesByName.get(name) as Lazy[]) };
}

function zipTwo(left: AttrSet, right: AttrSet): Zipped {
  const { shape, sources } = left.shape.planUpdate(right.shape);
  const { names } = shape;
  const values = new Array<Lazy>(names.length);
  let common = 0;
  for (let i = 0; i < names.length; i++) {
    const source = sources[i] as number;
    if (source < 0) values[i] = [left.values[common++] as Lazy];
    else if (left.names[common] === names[i]) values[i] = [left.values[common++] as Lazy, right.values[source] as Lazy];
    else values[i] = [right.values[source] as Lazy];
  }
  return { shape, names, values };
}

/** Every item's `name` is forced before any `value` is missed. */
function listToAttrs(interpreter: Interpreter, items: readonly Lazy[]): AttrSet {
  const count = items.length;
  if (count === 0) return AttrSet.empty;
  const purpose = "while evaluating an element of the list passed to builtins.listToAttrs";
  const namePurpose = "while evaluating the `name` attribute of an element of the list passed to builtins.listToAttrs";
  const names = new Array<string>(count);
  const pairs = new Array<AttrSet>(count);
  const recent = interpreter.recentNames.get(count);
  let isRecent = recent !== undefined;
  for (let i = 0; i < count; i++) {
    const pair = expectAttrs(interpreter, items[i] as Lazy, noPos, purpose);
    let name: Lazy = expectAttr(pair, "name", "in a {name=...; value=...;} pair");
    if (typeof name !== "string") name = expectPlainString(interpreter, name, pair.positionOf("name"), namePurpose);
    if (isRecent && (recent as NameList).names[i] !== name) isRecent = false;
    if (!isRecent) interpreter.symbols.add(name);
    names[i] = name;
    pairs[i] = pair;
  }
  const list = isRecent ? (recent as NameList) : new NameList(names);
  if (!isRecent) interpreter.rememberNames(list);
  const { shape, sources } = list;
  const values = new Array<Lazy>(sources.length);
  const positions = new Array<Pos>(sources.length);
  for (let i = 0; i < sources.length; i++) {
    const pair = pairs[sources[i] as number] as AttrSet;
    values[i] = expectAttr(pair, "value", "in a {name=...; value=...;} pair");
    positions[i] = pair.positionOf("value");
  }
  return new AttrSet(shape, values, positions);
}

/** The set without the attributes of these indices, which may come in any order and more than once. */
function without(set: AttrSet, removed: readonly number[]): AttrSet {
  if (set.size === 0) return AttrSet.empty;
  if (removed.length === 0) return new AttrSet(set.shape, set.values, set.positions);
  const { size } = set;
  const kept: number[] = [];
  if (removed.length <= 8) {
    for (let i = 0; i < size; i++) if (!removed.includes(i)) kept.push(i);
  } else {
    const isRemoved = new Uint8Array(size);
    for (let i = 0; i < removed.length; i++) isRemoved[removed[i] as number] = 1;
    for (let i = 0; i < size; i++) if (isRemoved[i] === 0) kept.push(i);
  }
  return set.subset(kept);
}

/** The smaller set is gone through and the larger one searched. */
function intersect(left: AttrSet, right: AttrSet): AttrSet {
  if (left.size === 0 || right.size === 0) return AttrSet.empty;
  if (left.shape === right.shape) return new AttrSet(right.shape, right.values, right.positions);
  if (left.shape === right.shape) return new AttrSet(right.shape, right.values, right.positions);
  const common: number[] = [];
  if (left.size >= right.size) {
    const { shape } = left;
    const { names } = right;
    for (let i = 0; i < names.length; i++) if (shape.indexOf(names[i] as string) >= 0) common.push(i);
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
