// String contexts: which store objects a string depends on. Contexts are immutable and interned, so that the many
// strings with the same context share it and the union of two contexts is usually one look-up.

/** What a string depends on: a store object as it is, one output of a derivation, or a derivation with all its closure. */
export type ContextElement =
  | { readonly kind: "opaque"; readonly path: string }
  | { readonly kind: "drvDeep"; readonly drvPath: string }
  | { readonly kind: "built"; readonly drvPath: string; readonly output: string };

/** C++ Nix's own encoding, with absolute paths: `/p`, `=/p.drv`, `!out!/p.drv` (nested for dynamic derivations). */
function encode(element: ContextElement): string {
  switch (element.kind) {
    case "opaque":
      return element.path;
    case "drvDeep":
      return `=${element.drvPath}`;
    case "built":
      return `!${element.output}!${element.drvPath}`;
  }
}

const kindOrder = { opaque: 0, drvDeep: 1, built: 2 } as const;

function compare(left: ContextElement, right: ContextElement): number {
  if (left.kind !== right.kind) return kindOrder[left.kind] - kindOrder[right.kind];
  const [a, b] = [left, right].map((element) => (element.kind === "opaque" ? element.path : element.drvPath));
  if (a !== b) return (a as string) < (b as string) ? -1 : 1;
  if (left.kind !== "built" || right.kind !== "built" || left.output === right.output) return 0;
  return left.output < right.output ? -1 : 1;
}

/** Elements get numbers, so that the key of a context is short however many paths are in it. */
interface KnownElement {
  readonly element: ContextElement;
  readonly number: number;
}

const knownElements = new Map<string, KnownElement>();

function known(element: ContextElement): KnownElement {
  const code = encode(element);
  let entry = knownElements.get(code);
  if (entry === undefined) {
    entry = { element, number: knownElements.size };
    knownElements.set(code, entry);
  }
  return entry;
}

export class StringContext {
  private readonly entries: readonly KnownElement[];
  private readonly unions = new Map<StringContext, StringContext>();

  private constructor(entries: readonly KnownElement[]) {
    this.entries = entries;
  }

  private static readonly interned = new Map<string, StringContext>();
  static readonly empty: StringContext = StringContext.intern([]);

  /** `entries` is sorted and has no duplicates. */
  private static intern(entries: readonly KnownElement[]): StringContext {
    const key = entries.length === 1 ? String(entries[0]?.number) : entries.map(({ number }) => number).join();
    let context = StringContext.interned.get(key);
    if (context === undefined) {
      context = new StringContext(entries);
      StringContext.interned.set(key, context);
    }
    return context;
  }

  static of(elements: Iterable<ContextElement>): StringContext {
    const unique = [...new Set(Array.from(elements, known))];
    if (unique.length > 1) unique.sort((a, b) => compare(a.element, b.element));
    return StringContext.intern(unique);
  }

  static unionOf(contexts: ReadonlySet<StringContext>): StringContext {
    const [first, second] = contexts;
    if (first === undefined) return StringContext.empty;
    if (second === undefined) return first;
    if (contexts.size === 2) return first.union(second);
    return StringContext.of([...contexts].flatMap((context) => context.elements));
  }

  /** In C++ Nix's order: opaque, drvDeep, built; then by path; then by output. */
  get elements(): readonly ContextElement[] {
    return this.entries.map(({ element }) => element);
  }

  get isEmpty(): boolean {
    return this.entries.length === 0;
  }

  union(other: StringContext): StringContext {
    if (other === this || other.isEmpty) return this;
    if (this.isEmpty) return other;
    let union = this.unions.get(other);
    if (union === undefined) {
      union = StringContext.intern(mergeEntries(this.entries, other.entries));
      this.unions.set(other, union);
    }
    return union;
  }
}

function mergeEntries(left: readonly KnownElement[], right: readonly KnownElement[]): readonly KnownElement[] {
  const merged: KnownElement[] = [];
  let i = 0;
  let j = 0;
  while (i < left.length && j < right.length) {
    const a = left[i]!;
    const b = right[j]!;
    const order = a === b ? 0 : compare(a.element, b.element);
    merged.push(order <= 0 ? a : b);
    if (order <= 0) i++;
    if (order >= 0) j++;
  }
  while (i < left.length) merged.push(left[i++]!);
  while (j < right.length) merged.push(right[j++]!);
  return merged;
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
