// String contexts: which store objects a string depends on. Contexts are immutable and interned, so that the many
// strings with the same context share it and the union of two contexts is usually one look-up.

/** What a string depends on: a store object as it is, one output of a derivation, or a derivation with all its closure. */
export type ContextElement =
  | { readonly kind: "opaque"; readonly path: string }
  | { readonly kind: "drvDeep"; readonly drvPath: string }
  | BuiltElement;

/** An output of a derivation, `drvPath^output`. */
export interface BuiltElement {
  readonly kind: "built";
  readonly drvPath: string;
  /**
   * For an output of a derivation that is itself an output (dynamic derivations): the outputs that lead from `drvPath` to
   * that derivation, never empty. `drvPath^via[0]^…^output`.
   */
  readonly via?: readonly string[];
  readonly output: string;
}

const kindOrder = { opaque: 0, drvDeep: 1, built: 2 } as const;

function pathOf(element: ContextElement): string {
  return element.kind === "opaque" ? element.path : element.drvPath;
}

function compare(left: ContextElement, right: ContextElement): number {
  if (left === right) return 0;
  if (left.kind !== right.kind) return kindOrder[left.kind] - kindOrder[right.kind];
  if (left.kind === "built" && right.kind === "built") return compareBuilt(left, right);
  const a = pathOf(left);
  const b = pathOf(right);
  return a === b ? 0 : a < b ? -1 : 1;
}

/** By path, then by output; those of dynamic derivations last. */
export function compareBuilt(left: BuiltElement, right: BuiltElement): number {
  if (left.via === undefined && right.via === undefined) {
    if (left.drvPath !== right.drvPath) return left.drvPath < right.drvPath ? -1 : 1;
    return left.output === right.output ? 0 : left.output < right.output ? -1 : 1;
  }
  const [via, otherVia] = [left.via ?? [], right.via ?? []];
  if (via.length !== otherVia.length) return via.length - otherVia.length;
  const parts = [left.drvPath, ...via, left.output];
  const otherParts = [right.drvPath, ...otherVia, right.output];
  for (const [index, part] of parts.entries()) {
    const other = otherParts[index] as string;
    if (part !== other) return part < other ? -1 : 1;
  }
  return 0;
}

/** The contexts with one element: those of a derivation are found together, as they are mostly made together. */
interface DerivationContexts {
  deep: StringContext | undefined;
  /** One for each output that was asked for, without those of dynamic derivations. */
  readonly built: StringContext[];
}

const opaqueContexts = new Map<string, StringContext>();
const derivationContexts = new Map<string, DerivationContexts>();
/** By all of their parts. */
const dynamicContexts = new Map<string, StringContext>();
let elementCount = 0;

function contextsOf(drvPath: string): DerivationContexts {
  let contexts = derivationContexts.get(drvPath);
  if (contexts === undefined) {
    contexts = { deep: undefined, built: [] };
    derivationContexts.set(drvPath, contexts);
  }
  return contexts;
}

export class StringContext {
  /** In C++ Nix's order: opaque, drvDeep, built; then by path; then by output; those of dynamic derivations last. */
  readonly elements: readonly ContextElement[];
  /** Numbers of the elements, or of the only one: the key of a context is made of them, and is short. */
  private readonly ids: readonly number[] | number;
  private unions: Map<StringContext, StringContext> | undefined;

  private constructor(elements: readonly ContextElement[], ids: readonly number[] | number) {
    this.elements = elements;
    this.ids = ids;
  }

  static readonly empty = new StringContext([], []);
  private static readonly interned = new Map<string, StringContext>();

  /** `elements` are those of known contexts, sorted. */
  private static intern(elements: readonly ContextElement[], ids: readonly number[]): StringContext {
    const key = ids.join();
    let context = StringContext.interned.get(key);
    if (context === undefined) {
      context = new StringContext(elements, ids);
      StringContext.interned.set(key, context);
    }
    return context;
  }

  private static single(element: ContextElement): StringContext {
    return new StringContext([element], elementCount++);
  }

  /** The context with one element, whose object is the same for equal elements. */
  static ofOne(element: ContextElement): StringContext {
    switch (element.kind) {
      case "opaque": {
        let context = opaqueContexts.get(element.path);
        if (context === undefined) {
          context = StringContext.single(element);
          opaqueContexts.set(element.path, context);
        }
        return context;
      }
      case "drvDeep": {
        const contexts = contextsOf(element.drvPath);
        contexts.deep ??= StringContext.single(element);
        return contexts.deep;
      }
      case "built":
        return element.via === undefined ? StringContext.ofBuilt(element) : StringContext.ofDynamic(element);
    }
  }

  private static ofBuilt(element: BuiltElement): StringContext {
    const { built } = contextsOf(element.drvPath);
    for (let i = 0; i < built.length; i++) {
      const context = built[i] as StringContext;
      if ((context.elements[0] as BuiltElement).output === element.output) return context;
    }
    const context = StringContext.single(element);
    built.push(context);
    return context;
  }

  private static ofDynamic(element: BuiltElement): StringContext {
    const key = [element.drvPath, ...(element.via ?? []), element.output].join("!");
    let context = dynamicContexts.get(key);
    if (context === undefined) {
      context = StringContext.single(element);
      dynamicContexts.set(key, context);
    }
    return context;
  }

  static of(elements: Iterable<ContextElement>): StringContext {
    const contexts = new Set<StringContext>();
    for (const element of elements) contexts.add(StringContext.ofOne(element));
    return StringContext.unionOf(contexts);
  }

  static unionOf(contexts: ReadonlySet<StringContext>): StringContext {
    const [first, second] = contexts;
    if (first === undefined) return StringContext.empty;
    if (second === undefined) return first;
    if (contexts.size === 2) return first.union(second);
    const ids = new Map<ContextElement, number>();
    for (const context of contexts) {
      for (const [index, element] of context.elements.entries()) ids.set(element, context.idAt(index));
    }
    const elements = [...ids.keys()].sort(compare);
    return StringContext.intern(
      elements,
      elements.map((element) => ids.get(element) as number),
    );
  }

  private idAt(index: number): number {
    return typeof this.ids === "number" ? this.ids : (this.ids[index] as number);
  }

  get isEmpty(): boolean {
    return this.elements.length === 0;
  }

  union(other: StringContext): StringContext {
    if (other === this || other.isEmpty) return this;
    if (this.isEmpty) return other;
    let union = this.unions?.get(other);
    if (union === undefined) {
      union = this.merge(other);
      this.unions ??= new Map();
      this.unions.set(other, union);
    }
    return union;
  }

  private merge(other: StringContext): StringContext {
    const [left, right] = [this.elements, other.elements];
    const merged: ContextElement[] = [];
    const ids: number[] = [];
    let i = 0;
    let j = 0;
    while (i < left.length || j < right.length) {
      const a = left[i];
      const b = right[j];
      const order = a === undefined ? 1 : b === undefined ? -1 : compare(a, b);
      merged.push((order <= 0 ? a : b) as ContextElement);
      ids.push(order <= 0 ? this.idAt(i) : other.idAt(j));
      if (order <= 0) i++;
      if (order >= 0) j++;
    }
    if (merged.length === left.length) return this;
    if (merged.length === right.length) return other;
    return StringContext.intern(merged, ids);
  }
}

/** A string with a context that is not empty. */
export class ContextString {
  readonly text: string;
  readonly context: StringContext;

  constructor(text: string, context: StringContext) {
    this.text = text;
    this.context = context;
  }
}

/** The string value: bare when the context is empty. */
export function stringWithContext(text: string, context: StringContext): string | ContextString {
  return context.isEmpty ? text : new ContextString(text, context);
}

export function textOf(value: string | ContextString): string {
  return typeof value === "string" ? value : value.text;
}

export function contextOf(value: string | ContextString): StringContext {
  return typeof value === "string" ? StringContext.empty : value.context;
}
