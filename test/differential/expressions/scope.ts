// The variables that an expression can use. A name tells what it holds, so that what uses a name mostly gets what it
// needs, whoever bound it last.

/** What an expression is meant to give. Now and then it gives something else, to see what is said about it. */
export type Kind =
  | "int"
  | "float"
  | "bool"
  | "string"
  | "path"
  | "null"
  | "list"
  | "ints"
  | "strings"
  | "sets"
  | "set"
  | "derivation"
  | "function"
  | "any";

export const namesOfKind: Readonly<Record<Kind, readonly string[]>> = {
  int: ["n", "a", "b", "key"],
  float: ["d"],
  bool: ["t", "ok"],
  string: ["s", "name", "u"],
  path: ["p", "src"],
  null: ["z"],
  list: ["l"],
  ints: ["ns"],
  strings: ["ss"],
  sets: ["rs"],
  set: ["r", "q", "meta"],
  derivation: ["drv"],
  function: ["f", "g"],
  any: ["x", "y", "value"],
};

export const kinds = Object.keys(namesOfKind) as readonly Kind[];

const kindOfName = new Map(
  Object.entries(namesOfKind).flatMap(([kind, names]) => names.map((name) => [name, kind as Kind] as const)),
);

/** Names that a program binds although they mean something already, and what it binds them to. */
export const shadows: readonly (readonly [string, Kind])[] = [
  ["map", "function"],
  ["toString", "function"],
  ["true", "bool"],
  ["null", "any"],
  ["builtins", "set"],
  ["__sub", "function"],
  ["__lessThan", "function"],
  ["__mul", "function"],
  ["__div", "any"],
  ["import", "function"],
  ["throw", "function"],
  ["derivation", "function"],
  ["__nixPath", "list"],
  ["__findFile", "function"],
  ["__toString", "function"],
];

export class Scope {
  static readonly empty = new Scope([]);

  private readonly names: readonly string[];

  private constructor(names: readonly string[]) {
    this.names = names;
  }

  with(names: Iterable<string>): Scope {
    return new Scope([...new Set([...this.names, ...names])]);
  }

  /** One of the variables of this kind; undefined when there is none. */
  pick(kind: Kind, choice: number): string | undefined {
    const fitting = kind === "any" ? this.names : this.names.filter((name) => kindOfName.get(name) === kind);
    return fitting.length === 0 ? undefined : fitting[fitting.length - 1 - (choice % fitting.length)];
  }
}
