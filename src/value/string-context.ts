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

/** C++ Nix's own encoding, with absolute paths: `/p`, `=/p.drv`, `!out!/p.drv` (nested for dynamic derivations). */
function encode(element: ContextElement): string {
  switch (element.kind) {
    case "opaque":
      return element.path;
    case "drvDeep":
      return `=${element.drvPath}`;
    case "built":
      return `!${[element.output, ...[...(element.via ?? [])].reverse(), element.drvPath].join("!")}`;
  }
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

function compareBuilt(left: BuiltElement, right: BuiltElement): number {
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

const knownElements = new Map<string, ContextElement>();
// The key of a context is made of numbers, so that it is short however many paths are in it.
const numbers = new Map<ContextElement, number>();

/** The one object for equal elements. */
function unique(element: ContextElement): ContextElement {
  const code = encode(element);
  const known = knownElements.get(code);
  if (known !== undefined) return known;
  numbers.set(element, numbers.size);
  knownElements.set(code, element);
  return element;
}

export class StringContext {
  /** In C++ Nix's order: opaque, drvDeep, built; then by path; then by output; those of dynamic derivations last. */
  readonly elements: readonly ContextElement[];
  private readonly unions = new Map<StringContext, StringContext>();

  private constructor(elements: readonly ContextElement[]) {
    this.elements = elements;
  }

  private static readonly interned = new Map<string, StringContext>();
  static readonly empty: StringContext = StringContext.intern([]);

  /** `elements` are unique objects, sorted. */
  private static intern(elements: readonly ContextElement[]): StringContext {
    let key = "";
    for (const element of elements) key += `${numbers.get(element)},`;
    let context = StringContext.interned.get(key);
    if (context === undefined) {
      context = new StringContext(elements);
      StringContext.interned.set(key, context);
    }
    return context;
  }

  static of(elements: Iterable<ContextElement>): StringContext {
    if (Array.isArray(elements) && elements.length === 1) return StringContext.intern([unique(elements[0])]);
    const members = [...new Set(Array.from(elements, unique))];
    return StringContext.intern(members.length > 1 ? members.sort(compare) : members);
  }

  static unionOf(contexts: ReadonlySet<StringContext>): StringContext {
    const [first, second] = contexts;
    if (first === undefined) return StringContext.empty;
    if (second === undefined) return first;
    if (contexts.size === 2) return first.union(second);
    return StringContext.of([...contexts].flatMap((context) => context.elements));
  }

  get isEmpty(): boolean {
    return this.elements.length === 0;
  }

  union(other: StringContext): StringContext {
    if (other === this || other.isEmpty) return this;
    if (this.isEmpty) return other;
    let union = this.unions.get(other);
    if (union === undefined) {
      union = StringContext.intern(merge(this.elements, other.elements));
      this.unions.set(other, union);
    }
    return union;
  }
}

function merge(left: readonly ContextElement[], right: readonly ContextElement[]): readonly ContextElement[] {
  const merged: ContextElement[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const a = left[i] as ContextElement;
    const b = right[j] as ContextElement;
    const order = compare(a, b);
    merged.push(order <= 0 ? a : b);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  return [...merged, ...left.slice(i), ...right.slice(j)];
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
