// Attribute sets and the bindings of `let`: static names in sorted order with an interned shape; dynamic names and
// `__overrides` take a slower way.
import type { AttrDef, AttrsExpr, DynamicAttrDef, Expr } from "../parser/ast.ts";
import { NixError } from "../source/nix-error.ts";
import { noPos, type Pos, showPlace } from "../source/position.ts";
import { AttrSet, Shape } from "../value/attr-set.ts";
import { printAttrName } from "../value/print.ts";
import { force, Thunk } from "../value/thunk.ts";
import type { Lazy } from "../value/value.ts";
import type { Compiler } from "./compile.ts";
import { SelectionSite, selectOne } from "./compile-select.ts";
import { type Code, type Environment, newEnvironment } from "./environment.ts";
import { expectAttrs, expectPlainString } from "./expect.ts";
import { positionOf } from "./expr-position.ts";
import type { Interpreter } from "./interpreter.ts";
import { makeAll } from "./make-all.ts";

/** Like a Maker; `from` holds the sources of `inherit (e)`. */
type AttrMaker = (environment: Environment, from: readonly Lazy[]) => Lazy;

const nothing: readonly Lazy[] = [];

export function compileAttrs(compiler: Compiler, expr: AttrsExpr): Code {
  const { interpreter } = compiler;
  const { pos } = expr;
  const { definitions, shape, positions } = layoutOf(expr);
  const fill = compileDynamic(compiler, expr.dynamic);
  if (definitions.length === 0 && fill === undefined) return emptySet(interpreter, pos);
  if (expr.recursive) {
    const bind = compileBindings(compiler, expr);
    const { firstSlot } = expr.layout!;
    const slotOf = new Map([...expr.attrs.keys()].map((name, index) => [name, firstSlot + index]));
    const slots = definitions.map(([name]) => slotOf.get(name) as number);
    const isOverridden = hasOverrides(expr);
    return (environment) => {
      const inner = bind(environment);
      const values = new Array<Lazy>(slots.length);
      for (let i = 0; i < values.length; i++) values[i] = inner[slots[i] as number] as Lazy;
      let set = new AttrSet(shape, values, positions, pos);
      if (isOverridden) set = override(interpreter, set, inner, slotOf);
      return fill === undefined ? set : fill(set, inner);
    };
  }
  const makeValues = makeAll(definitions.map(([, def]) => makerOf(compiler, expr, def)));
  const sources = compileSources(compiler, expr);
  return (environment) => {
    const from = sources === undefined ? nothing : sources(environment);
    const set = new AttrSet(shape, makeValues(environment, from), positions, pos);
    return fill === undefined ? set : fill(set, environment);
  };
}

/** The attributes with static names as the set has them, in the order of its shape. */
export function layoutOf({ attrs }: AttrsExpr) {
  const definitions = [...attrs].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    definitions,
    shape: Shape.intern(definitions.map(([name]) => name)),
    positions: definitions.map(([, def]): Pos => def.pos),
  };
}

/** In 2.34 the one set that has no attributes is where it was written last. */
export function emptySet({ hasNewMessages }: Interpreter, pos: Pos): () => AttrSet {
  if (hasNewMessages) return () => AttrSet.empty;
  return () => {
    AttrSet.empty.pos = pos;
    return AttrSet.empty;
  };
}

/** Whether it is a set with `__overrides`; to a \`let\` that is a name like others. */
function hasOverrides({ recursive, attrs }: AttrsExpr): boolean {
  return recursive && attrs.has("__overrides");
}

/** Makes recursive bindings and gives the environment that they are in. */
export function compileBindings(compiler: Compiler, expr: AttrsExpr): (environment: Environment) => Environment {
  const { frame, firstSlot } = expr.layout!;
  // In C++ Nix's order: a variable that is bound to another one shares its value only when that is there already.
  const definitions = [...expr.attrs];
  const order = compiler.interpreter.symbols.order(definitions.map(([name]) => name));
  const slots = order.map((index) => firstSlot + index);
  const canChange = hasOverrides(expr);
  const unmade = new Set(slots);
  const makers = order.map((index) => {
    const definition = (definitions[index] as (typeof definitions)[0])[1];
    // What may still be replaced is not looked at, nor what an earlier run (the explanation of an assertion is a second
    // one) left in a slot.
    const isUnready = definition.kind === "plain" && (canChange || isVariableOf(unmade, definition.value));
    unmade.delete(firstSlot + index);
    return isUnready ? compiler.delayAlways(definition.value) : makerOf(compiler, expr, definition);
  });
  const sources = compileSources(compiler, expr);
  const count = makers.length;
  return (environment) => {
    const inner = frame === undefined ? environment : newEnvironment(frame.size, environment);
    const from = sources === undefined ? nothing : sources(inner);
    for (let i = 0; i < count; i++) inner[slots[i] as number] = (makers[i] as AttrMaker)(inner, from);
    return inner;
  };
}

/** Whether it is a variable in one of these slots of the environment itself. */
function isVariableOf(slots: ReadonlySet<number>, value: Expr): boolean {
  if (value.kind !== "var" || value.binding?.kind !== "slot") return false;
  return value.binding.depth === 0 && slots.has(value.binding.slot);
}

function compileSources(
  compiler: Compiler,
  expr: AttrsExpr,
): ((environment: Environment) => readonly Lazy[]) | undefined {
  if (expr.inheritFrom.length === 0) return undefined;
  const makers = expr.inheritFrom.map((from) => compiler.delay(from));
  return (environment) => makers.map((maker) => maker(environment));
}

function makerOf(compiler: Compiler, expr: AttrsExpr, def: AttrDef): AttrMaker {
  if (def.kind !== "inheritedFrom") return compiler.delay(def.value);
  const { from: index } = def;
  const code = inheritedCode(compiler.interpreter, expr, def);
  return (_, from) => Thunk.of(code, [from[index]]);
}

/** The code of an attribute of `inherit (e)`, whose environment is a list of one: what holds the value of `e`. */
export function inheritedCode(
  interpreter: Interpreter,
  { inheritFrom }: AttrsExpr,
  { from, name, pos }: Extract<AttrDef, { kind: "inheritedFrom" }>,
): Code {
  const sourcePos = positionOf(inheritFrom[from] as Expr, interpreter);
  return selectOne(
    ([source]) => force(source as Lazy, sourcePos),
    sourcePos,
    new SelectionSite(interpreter, name, pos),
  );
}

/** `rec { __overrides = …; }`: its attributes replace those of the set, for the set's own variables as well. */
function override(
  interpreter: Interpreter,
  set: AttrSet,
  environment: Environment,
  slotOf: ReadonlyMap<string, number>,
): AttrSet {
  const lazy = set.get("__overrides") as Lazy;
  const overrides = expectAttrs(interpreter, lazy, noPos, "while evaluating the `__overrides` attribute");
  for (const [index, name] of overrides.names.entries()) {
    const slot = slotOf.get(name);
    if (slot !== undefined) environment[slot] = overrides.values[index];
  }
  const updated = set.update(overrides);
  return new AttrSet(updated.shape, updated.values, updated.positions, set.pos);
}

function compileDynamic(
  compiler: Compiler,
  definitions: readonly DynamicAttrDef[],
): ((set: AttrSet, environment: Environment) => AttrSet) | undefined {
  if (definitions.length === 0) return undefined;
  const { interpreter } = compiler;
  const compiled = definitions.map(({ name, value, pos }) => ({
    name: compiler.compile(name),
    value: compiler.delay(value),
    pos,
  }));
  return (set, environment) => {
    const names = [...set.names];
    const values = [...set.values];
    const positions = names.map((_, index) => set.positionAt(index));
    for (const { name: nameCode, value, pos } of compiled) {
      const nameValue = nameCode(environment);
      if (nameValue === null) continue;
      const name = expectPlainString(interpreter, nameValue, pos, "while evaluating the name of a dynamic attribute");
      interpreter.symbols.add(name);
      const index = placeFor(name, names);
      if (names[index] === name) {
        const place = showPlace(interpreter.positions, positions[index] as Pos);
        throw new NixError("eval", `dynamic attribute '${printAttrName(name)}' already defined at ${place}`, pos);
      }
      names.splice(index, 0, name);
      values.splice(index, 0, value(environment));
      positions.splice(index, 0, pos);
    }
    return new AttrSet(Shape.unique(names), values, positions, set.pos);
  };
}

/** The index of the first of the sorted names that does not come before this one. */
function placeFor(name: string, names: readonly string[]): number {
  let low = 0;
  let high = names.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((names[middle] as string) < name) low = middle + 1;
    else high = middle;
  }
  return low;
}
