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

export class StringContext {
  /** In C++ Nix's order: opaque, drvDeep, built; then by path; then by output. */
  readonly elements: readonly ContextElement[];
  private readonly unions = new Map<StringContext, StringContext>();

  private constructor(elements: readonly ContextElement[]) {
    this.elements = elements;
  }

  private static readonly interned = new Map<string, StringContext>();
  static readonly empty: StringContext = StringContext.of([]);

  static of(elements: Iterable<ContextElement>): StringContext {
    const unique = new Map<string, ContextElement>();
    for (const element of elements) unique.set(encode(element), element);
    const sorted = [...unique.values()].sort(compare);
    const key = sorted.map(encode).join("\0");
    let context = StringContext.interned.get(key);
    if (context === undefined) {
      context = new StringContext(sorted);
      StringContext.interned.set(key, context);
    }
    return context;
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
      union = StringContext.of([...this.elements, ...other.elements]);
      this.unions.set(other, union);
    }
    return union;
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
