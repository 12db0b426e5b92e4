// Attribute sets: a shape (the sorted names) and the values in the same order. Shapes of set literals are interned, so
// that a selection site can remember where it found a name, and `//` of two known shapes follows a cached plan.
import { noPos, type Pos } from "../source/position.ts";
import type { SymbolTable } from "../source/symbol-table.ts";
import { sortNames } from "./name-order.ts";
import type { Lazy } from "./value.ts";

/** How `//` of two shapes is put together: index into the right values, or ~index into the left ones. */
interface UpdatePlan {
  readonly shape: Shape;
  readonly sources: readonly number[];
  /** The positions that were merged last, and what they were. */
  left: readonly Pos[] | undefined;
  right: readonly Pos[] | undefined;
  positions: readonly Pos[] | undefined;
}

const linearSearchLimit = 8;
const plannedUpdateLimit = 64;
/** Bits of a small integer. */
const subsetLimit = 30;
const plansPerShape = 32;
const smallSize = 4;
const mostSmallShapes = 256;

export class Shape {
  /** Sorted by bytes. */
  readonly names: readonly string[];
  readonly isInterned: boolean;
  private searches = 0;
  private index: Map<string, number> | undefined;
  private plans: Map<Shape, UpdatePlan> | undefined;
  /** By bits of the names that are kept. */
  private subsets: Map<number, Shape> | undefined;
  private order: { readonly symbols: SymbolTable; readonly indices: readonly number[] } | undefined;

  private constructor(names: readonly string[], isInterned: boolean) {
    this.names = names;
    this.isInterned = isInterned;
  }

  private static readonly interned = new Map<string, Shape>();
  /** How many of them are for names that do not come from source text. */
  private static internedOfData = 0;

  /** The one shape with these sorted names; for names known from source text. */
  static intern(names: readonly string[]): Shape {
    const key = keyOf(names);
    let shape = Shape.interned.get(key);
    if (shape === undefined) {
      shape = new Shape(names, true);
      Shape.interned.set(key, shape);
    }
    return shape;
  }

  /** The shape of sorted names from data, which are many. Small ones are often alike, such as outputs of derivations. */
  static ofData(names: readonly string[]): Shape {
    if (names.length > smallSize) return Shape.unique(names);
    const known = Shape.interned.get(keyOf(names));
    if (known !== undefined) return known;
    return Shape.internedOfData++ < mostSmallShapes ? Shape.intern(names) : Shape.unique(names);
  }

  /** A shape of its own, for sets whose sorted names come from data. */
  static unique(names: readonly string[]): Shape {
    return new Shape(names, false);
  }

  /** -1 when the name is not there. */
  indexOf(name: string): number {
    const { names } = this;
    if (names.length <= linearSearchLimit) {
      for (let i = 0; i < names.length; i++) if (names[i] === name) return i;
      return -1;
    }
    if (this.index === undefined) {
      if (this.searches++ < names.length) return searchByHalves(names, name);
      this.index = new Map();
      for (let i = 0; i < names.length; i++) this.index.set(names[i] as string, i);
    }
    return this.index.get(name) ?? -1;
  }

  /** The indices in the order in which the names first appeared: that in which C++ Nix goes through attributes. */
  orderIn(symbols: SymbolTable): readonly number[] {
    if (this.order?.symbols !== symbols) this.order = { symbols, indices: symbols.order(this.names) };
    return this.order.indices;
  }

  /** The shape with the names of these indices, which are in order. Interned if this one is and not large. */
  subset(indices: readonly number[]): Shape {
    const { names } = this;
    if (!this.isInterned || names.length > subsetLimit)
      return Shape.unique(indices.map((index) => names[index] as string));
    let bits = 0;
    for (let i = 0; i < indices.length; i++) bits |= 1 << (indices[i] as number);
    this.subsets ??= new Map();
    let shape = this.subsets.get(bits);
    if (shape === undefined) {
      shape = Shape.intern(indices.map((index) => names[index] as string));
      this.subsets.set(bits, shape);
    }
    return shape;
  }

  /** The plan for `this // right`. */
  planUpdate(right: Shape): UpdatePlan {
    let plan = this.plans?.get(right);
    if (plan === undefined) {
      plan = mergeNames(this, right);
      if (this.isInterned && right.isInterned && plan.sources.length <= plannedUpdateLimit) {
        plan = { ...plan, shape: Shape.intern(plan.shape.names) };
        this.plans ??= new Map();
        if (this.plans.size < plansPerShape) this.plans.set(right, plan);
      }
    }
    return plan;
  }
}

/** Names as they came, in any order and perhaps more than once, and what a set of them looks like. */
export class NameList {
  readonly names: readonly string[];
  readonly shape: Shape;
  /** For each name of the shape the index of the first that came. */
  readonly sources: readonly number[];

  constructor(names: readonly string[]) {
    this.names = names;
    if (isSorted(names)) {
      this.shape = Shape.ofData(names);
      this.sources = names.map((_, index) => index);
      return;
    }
    const first = new Map<string, number>();
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      if (!first.has(name)) first.set(name, i);
    }
    const sorted = sortNames([...first.keys()]);
    this.shape = Shape.ofData(sorted);
    this.sources = sorted.map((name) => first.get(name) as number);
  }
}

/** Whether every name comes before the next one. */
function isSorted(names: readonly string[]): boolean {
  for (let i = 1; i < names.length; i++) if (!((names[i - 1] as string) < (names[i] as string))) return false;
  return true;
}

/** With their number, as one empty name is not the same as none. */
function keyOf(names: readonly string[]): string {
  return `${names.length}\0${names.join("\0")}`;
}

function searchByHalves(names: readonly string[], name: string): number {
  let low = 0;
  let high = names.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const own = names[middle] as string;
    if (own === name) return middle;
    if (own < name) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function mergeNames(leftShape: Shape, rightShape: Shape): UpdatePlan {
  const left = leftShape.names;
  const right = rightShape.names;
  const names: string[] = [];
  const sources: number[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length || j < right.length) {
    const a = left[i];
    const b = right[j];
    if (b === undefined || (a !== undefined && a < b)) {
      names.push(a as string);
      sources.push(~i);
      i++;
    } else {
      if (a === b) i++;
      names.push(b);
      sources.push(j);
      j++;
    }
  }
  // One that has all names of the other keeps its index of them.
  const { length } = names;
  const shape = length === left.length ? leftShape : length === right.length ? rightShape : Shape.unique(names);
  return { shape, sources, left: undefined, right: undefined, positions: undefined };
}

/** Sets that come from the same places of a program share their positions. */
function mergePositions(
  plan: UpdatePlan,
  left: readonly Pos[] | undefined,
  right: readonly Pos[] | undefined,
): readonly Pos[] | undefined {
  if (plan.left === left && plan.right === right) return plan.positions;
  const { sources } = plan;
  const positions = new Array<Pos>(sources.length);
  for (let i = 0; i < positions.length; i++) {
    const source = sources[i] as number;
    positions[i] = (source < 0 ? left?.[~source] : right?.[source]) ?? noPos;
  }
  plan.left = left;
  plan.right = right;
  plan.positions = positions;
  return positions;
}

/** A large set under a small one, whose attributes hide those below. */
interface Layers {
  readonly below: AttrSet;
  /** Flat. */
  readonly above: AttrSet;
  /** How many sets lie on each other. */
  readonly depth: number;
  /** How often a name was looked for. */
  searches: number;
}

/** Where copying costs more than looking twice. */
const layeredSize = 64;
const layeredRatio = 8;
/** After so many searches it pays to make the small sets one. */
const searchesBeforeCondensed = 50;
/** Of so many sets on each other the small ones are made one. */
const deepestLayers = 8;

export class AttrSet {
  /** Where the set itself was written, for messages. Only that of the empty set ever changes. */
  pos: Pos;
  /** Undefined while the set is layers; so are the values. */
  private flatShape: Shape | undefined;
  private flatValues: readonly Lazy[] | undefined;
  private flatPositions: readonly Pos[] | undefined;
  private layers: Layers | undefined;

  constructor(
    shape: Shape | undefined,
    values: readonly Lazy[] | undefined,
    positions?: readonly Pos[],
    pos: Pos = noPos,
    layers?: Layers,
  ) {
    this.pos = pos;
    this.flatShape = shape;
    this.flatValues = values;
    this.flatPositions = positions;
    this.layers = layers;
  }

  /** What nearly everything gives that has no attributes; printers show it as repeated when it is. */
  static readonly empty = new AttrSet(Shape.intern([]), []);

  /** A set from entries in any order; of several entries with one name the last wins. */
  static from(entries: Iterable<readonly [name: string, value: Lazy, pos?: Pos]>): AttrSet {
    const unique = new Map<string, readonly [string, Lazy, Pos?]>();
    for (const entry of entries) unique.set(entry[0], entry);
    if (unique.size === 0) return AttrSet.empty;
    const names = [...unique.keys()].sort();
    const positions = names.map((name) => unique.get(name)?.[2] ?? noPos);
    return new AttrSet(
      Shape.unique(names),
      names.map((name) => unique.get(name)?.[1] as Lazy),
      positions.some((pos) => pos !== noPos) ? positions : undefined,
    );
  }

  /** The shape, unless finding out about one attribute is cheaper by `get`. */
  get shapeIfFlat(): Shape | undefined {
    return this.flatShape;
  }

  get shape(): Shape {
    return this.flatShape ?? this.flatten();
  }

  /** In the order of `shape.names`. */
  get values(): readonly Lazy[] {
    if (this.flatValues === undefined) this.flatten();
    return this.flatValues as readonly Lazy[];
  }

  /** Where each attribute was defined, in the same order; undefined when none is known. */
  get positions(): readonly Pos[] | undefined {
    if (this.flatShape === undefined) this.flatten();
    return this.flatPositions;
  }

  get size(): number {
    return this.values.length;
  }

  /** Sorted by bytes. */
  get names(): readonly string[] {
    return this.shape.names;
  }

  get(name: string): Lazy | undefined {
    if (this.layers !== undefined && this.layers.depth > 2 && this.layers.searches++ > searchesBeforeCondensed) {
      this.condense();
    }
    let set: AttrSet = this;
    for (;;) {
      const { layers } = set;
      if (layers === undefined) break;
      const { above } = layers;
      const index = (above.flatShape as Shape).indexOf(name);
      if (index >= 0) return (above.flatValues as readonly Lazy[])[index];
      set = layers.below;
    }
    const index = (set.flatShape as Shape).indexOf(name);
    return index < 0 ? undefined : (set.flatValues as readonly Lazy[])[index];
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  /** Where the attribute was defined; noPos when unknown or not there. */
  positionOf(name: string): Pos {
    let set: AttrSet = this;
    for (;;) {
      const { layers } = set;
      if (layers === undefined) break;
      if (layers.above.has(name)) return layers.above.positionOf(name);
      set = layers.below;
    }
    if (set.flatPositions === undefined) return noPos;
    return set.flatPositions[(set.flatShape as Shape).indexOf(name)] ?? noPos;
  }

  positionAt(index: number): Pos {
    const { positions } = this;
    return positions === undefined ? noPos : (positions[index] as Pos);
  }

  /** `this // right`; of two empty sets the right one. */
  update(right: AttrSet): AttrSet {
    const added = right.layers === undefined ? (right.flatValues as readonly Lazy[]).length : undefined;
    if (added === 0) return this.flatValues?.length === 0 ? right : this;
    if (this.layers !== undefined && added !== undefined && added < layeredSize) {
      if (this.layers.depth >= deepestLayers) this.condense();
      const { below, above, depth } = this.layers;
      if (depth > 2 || above.size * layeredRatio <= below.size) {
        return new AttrSet(undefined, undefined, undefined, noPos, {
          below: this,
          above: right,
          depth: depth + 1,
          searches: 0,
        });
      }
    }
    const { size } = this;
    if (size === 0) return right;
    if (added !== undefined && size >= layeredSize && added * layeredRatio <= size) {
      return new AttrSet(undefined, undefined, undefined, noPos, { below: this, above: right, depth: 2, searches: 0 });
    }
    return this.merged(right);
  }

  /** The same in one layer. */
  private merged(right: AttrSet): AttrSet {
    const plan = this.shape.planUpdate(right.shape);
    const { sources } = plan;
    const count = sources.length;
    const values = new Array<Lazy>(count);
    const leftValues = this.values;
    const rightValues = right.values;
    for (let i = 0; i < count; i++) {
      const source = sources[i] as number;
      values[i] = (source < 0 ? leftValues[~source] : rightValues[source]) as Lazy;
    }
    return new AttrSet(plan.shape, values, mergePositions(plan, this.positions, right.positions));
  }

  /** Makes one set of all layers but the lowest. */
  private condense(): Layers {
    let { below, above } = this.layers as Layers;
    while (below.layers !== undefined) {
      above = below.layers.above.merged(above);
      below = below.layers.below;
    }
    this.layers = { below, above, depth: 2, searches: 0 };
    return this.layers;
  }

  private flatten(): Shape {
    // The small sets first: what lies at the bottom is copied once.
    const { below, above } = this.condense();
    const flat = below.merged(above);
    this.flatShape = flat.flatShape;
    this.flatValues = flat.flatValues;
    this.flatPositions = flat.flatPositions;
    this.layers = undefined;
    return this.flatShape as Shape;
  }

  /** The attributes with these indices, which are in order, with their positions. */
  subset(indices: readonly number[]): AttrSet {
    const { values, positions } = this;
    const count = indices.length;
    const kept = new Array<Lazy>(count);
    for (let i = 0; i < count; i++) kept[i] = values[indices[i] as number] as Lazy;
    const shape = this.shape.subset(indices);
    if (positions === undefined) return new AttrSet(shape, kept);
    const keptPositions = new Array<Pos>(count);
    for (let i = 0; i < count; i++) keptPositions[i] = positions[indices[i] as number] as Pos;
    return new AttrSet(shape, kept, keptPositions);
  }
}
