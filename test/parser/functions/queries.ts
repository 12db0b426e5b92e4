// Functions of functions.nix: the path of an attribute, and the number of arguments it got.
export interface Query {
  readonly path: readonly string[];
  readonly applied: number;
}

const one = (...path: string[]): Query => ({ path, applied: 0 });

export const queries: readonly Query[] = [
  ...["plain", "before", "both", "curried", "later", "parenthesized", "apart", "twice", "stars", "empty", "star"],
  ...["formals", "formalsBefore", "at", "inside", "after", "equals", "lines", "static", "a", "doubled"],
]
  .map((name) => one(name))
  .concat([
    one("path", "to", "a b"),
    one("merged", "f"),
    one("merged", "g"),
    ...["both", "later", "curried", "doubled"].map((name) => ({ path: [name], applied: 1 })),
    ...["later", "curried"].map((name) => ({ path: [name], applied: 2 })),
  ]);

export function nameOf({ path, applied }: Query): string {
  return path.map((name) => (name.includes(" ") ? `"${name}"` : name)).join(".") + " 1".repeat(applied);
}
