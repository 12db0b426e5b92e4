// What stands between the braces of a set and after `let`. Names are never bound twice, as that is a syntax error.
import fc from "fast-check";
import { type Kind, namesOfKind, type Scope, shadows } from "./scope.ts";
import { type Expressions, gap, level, type Sketch, slack, write } from "./sketch.ts";

export interface Binding {
  /** The names that recursive bindings bring into scope. */
  readonly names: readonly string[];
  /** What no other binding may have as well. */
  readonly paths: readonly string[];
  /** The text; `outer` is the scope around the bindings. */
  write(inner: Scope, outer: Scope): string;
}

/** A binding whose details depend on the scope: undefined when there is nothing that it could be about. */
export type BindingSketch = (outer: Scope) => Binding | undefined;

const boundKinds: readonly Kind[] = [
  ...(["int", "int", "string", "string", "bool", "float", "path", "null", "list", "ints", "strings"] as const),
  ...(["sets", "set", "set", "derivation", "function", "function", "any", "any"] as const),
];

const nameOf = (kind: Kind, choice: number): string => {
  const names = namesOfKind[kind];
  return names[choice % names.length] as string;
};

/** A kind and one of its names, with a value that is mostly of this kind. */
function named(expressions: Expressions): fc.Arbitrary<{ readonly name: string; readonly value: Sketch }> {
  return fc.oneof(
    ...boundKinds.map((kind) =>
      fc.tuple(fc.nat(2), expressions[kind]).map(([choice, value]) => ({ name: nameOf(kind, choice), value })),
    ),
  );
}

function plain(name: string, value: Sketch, key: string = name): BindingSketch {
  const binding: Binding = {
    names: [key],
    paths: [key],
    write: (inner) => `${name}${gap}=${gap}${write(value, inner, level.anything)};`,
  };
  return () => binding;
}

const oddNames = ['"odd name"', '"1x"', '""', '"é"', '"a.b"', '"if"', '"a"', '"\\n"', `"\${"s"}"`, "x-y'"];

function inherited(choices: readonly number[]): BindingSketch {
  return (outer) => {
    const names = [...new Set(choices.map((choice) => outer.pick("any", choice) ?? "true"))];
    return { names, paths: names, write: () => `inherit${gap}${names.join(gap)};` };
  };
}

/** Bindings that sets and `let` have in common. */
function commonBinding(expressions: Expressions): fc.Arbitrary<BindingSketch> {
  const one = named(expressions);
  return fc.oneof(
    { arbitrary: one.map(({ name, value }) => plain(name, value)), weight: 20 },
    {
      arbitrary: fc.tuple(fc.nat(2), one).map(([choice, { name, value }]): BindingSketch => {
        const root = nameOf("set", choice);
        const path = `${root}.${name}`;
        return () => ({
          names: [root],
          paths: [path],
          write: (inner) => `${path}${gap}=${gap}${write(value, inner, level.anything)};`,
        });
      }),
      weight: 3,
    },
    { arbitrary: fc.array(fc.nat(9), { minLength: 1, maxLength: 3 }).map(inherited), weight: 2 },
    {
      arbitrary: fc
        .tuple(fc.array(one, { minLength: 1, maxLength: 3 }), fc.nat(9))
        .map(([members, choice]): BindingSketch => {
          const names = [...new Set(members.map(({ name }) => name))];
          const values = names.map((name) => members.find((member) => member.name === name)?.value as Sketch);
          return (outer) => ({
            names,
            paths: names,
            write: () => {
              const members = values.map((value, index) => {
                // Now and then one of them is not there.
                if (choice === 9 && index === 0) return "";
                return `${names[index]}${gap}=${gap}${write(value, outer, level.anything)};${gap}`;
              });
              return `inherit${gap}(${slack}{${gap}${members.join("")}}${slack})${gap}${names.join(gap)};`;
            },
          });
        }),
      weight: 2,
    },
    {
      arbitrary: fc
        .tuple(expressions.set, fc.array(fc.nat(99), { minLength: 1, maxLength: 2 }))
        .map(([source, choices]): BindingSketch => {
          const names = [
            ...new Set(choices.map((choice) => nameOf(boundKinds[choice % boundKinds.length] as Kind, choice))),
          ];
          return () => ({
            names,
            paths: names,
            write: (inner) => `inherit${gap}(${write(source, inner, level.anything)})${gap}${names.join(gap)};`,
          });
        }),
      weight: 1,
    },
    {
      arbitrary: fc.oneof(...shadows.map(([name, kind]) => expressions[kind].map((value) => plain(name, value)))),
      weight: 1,
    },
  );
}

/** Attributes that mean something to the evaluator or to builtins. */
function specialAttribute(expressions: Expressions): fc.Arbitrary<BindingSketch> {
  const attribute = (name: string, value: fc.Arbitrary<Sketch>): fc.Arbitrary<BindingSketch> =>
    value.map((sketch) => plain(name, sketch));
  const withParameter = (parameters: readonly string[], body: fc.Arbitrary<Sketch>): fc.Arbitrary<Sketch> =>
    body.map(
      (sketch): Sketch =>
        (scope) => {
          const head = parameters.map((parameter) => `${parameter}:${gap}`).join("");
          return { text: head + write(sketch, scope.with(parameters), level.anything), level: level.anything };
        },
    );
  const { any, string, set, int } = expressions;
  return fc.oneof(
    attribute("__functor", withParameter(["r", "x"], any)),
    attribute("__functor", withParameter(["r"], any)),
    attribute("__functor", any),
    attribute("__toString", withParameter(["r"], string)),
    attribute("__toString", withParameter(["r"], any)),
    attribute("outPath", string),
    attribute("outPath", any),
    attribute(
      "type",
      fc.oneof(
        fc.constant<Sketch>(() => ({ text: '"derivation"', level: level.atom })),
        any,
      ),
    ),
    attribute("drvPath", fc.oneof(string, any)),
    attribute("_type", string),
    attribute("__overrides", set),
    attribute("name", string),
    attribute("value", any),
    attribute("key", int),
  );
}

function setBinding(expressions: Expressions): fc.Arbitrary<BindingSketch> {
  const { any, string } = expressions;
  return fc.oneof(
    { arbitrary: commonBinding(expressions), weight: 20 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom(...oddNames), any)
        .map(([name, value]) => plain(name, value, name.replaceAll(/^"(\w+)"$/g, "$1"))),
      weight: 2,
    },
    { arbitrary: specialAttribute(expressions), weight: 3 },
    {
      arbitrary: fc
        .tuple(fc.constantFrom(`\${#}`, `"x\${#}"`, `r.\${#}`), string, any)
        .map(([pattern, name, value]): BindingSketch => {
          const [before, after] = pattern.split("#");
          return () => ({
            names: [],
            paths: pattern.startsWith("r.") ? ["r"] : [],
            write: (inner) => {
              const text = write(name, inner, level.anything);
              return `${before}${slack}${text}${slack}${after}${gap}=${gap}${write(value, inner, level.anything)};`;
            },
          });
        }),
      weight: 2,
    },
  );
}

/** What `bindings` gives: the text between the braces, and the scope of what follows `in`. */
export interface Written {
  readonly text: string;
  readonly inner: Scope;
}

export interface Bindings {
  readonly sketches: readonly BindingSketch[];
  /** Whether the values of recursive bindings may use those that come later, and themselves. */
  readonly isKnot: boolean;
}

/** `extra` bindings come last, and their names win. */
export function writeBindings(
  { sketches, isKnot }: Bindings,
  outer: Scope,
  isRecursive: boolean,
  extra: readonly BindingSketch[] = [],
): Written {
  const taken = new Set<string>();
  const reserved = extra.flatMap((sketch) => sketch(outer)?.paths ?? []);
  const chosen: Binding[] = [];
  const take = (binding: Binding): void => {
    for (const path of binding.paths) {
      taken.add(path);
      const [root] = path.split(".");
      // `r = …; r.a = …;` is fine only for literal sets; `r.a = …; r.n = …;` is.
      if (root !== path) taken.add(`${root}.`);
    }
    chosen.push(binding);
  };
  const clashes = (path: string): boolean => {
    const [root] = path.split(".");
    if (taken.has(path) || reserved.includes(root as string)) return true;
    return root === path ? taken.has(`${root}.`) : taken.has(root as string);
  };
  for (const sketch of sketches) {
    const binding = sketch(outer);
    if (binding !== undefined && !binding.paths.some(clashes)) take(binding);
  }
  for (const sketch of extra) {
    const binding = sketch(outer);
    if (binding !== undefined) take(binding);
  }
  const names = chosen.flatMap((binding) => binding.names).filter((name) => /^[A-Za-z_][\w'-]*$/.test(name));
  const whole = isRecursive ? outer.with(names) : outer;
  let growing = outer;
  const texts = chosen.map((binding) => {
    const text = binding.write(!isRecursive ? outer : isKnot ? whole : growing, outer);
    growing = growing.with(binding.names.filter((name) => names.includes(name)));
    return text;
  });
  return { text: texts.join(gap), inner: whole };
}

const knot = fc.integer({ min: 0, max: 7 }).map((choice) => choice === 7);

export function letBindings(expressions: Expressions): fc.Arbitrary<Bindings> {
  const sketches = fc.array(commonBinding(expressions), { minLength: 1, maxLength: 4 });
  return fc.record({ sketches, isKnot: knot });
}

export function setBindings(expressions: Expressions): fc.Arbitrary<Bindings> {
  return fc.record({ sketches: fc.array(setBinding(expressions), { maxLength: 4 }), isKnot: knot });
}

/** A binding of a name of this kind. */
export function bindingOf(
  expressions: Expressions,
  kind: Kind,
): fc.Arbitrary<{ readonly name: string; readonly binding: BindingSketch }> {
  return fc.tuple(fc.nat(2), expressions[kind]).map(([choice, value]) => {
    const name = nameOf(kind, choice);
    return { name, binding: plain(name, value) };
  });
}
