// Random expressions over the whole language. They are sketched by kind, so that most programs get far; about one value in
// 25 is of a random kind, so that every complaint is heard.
import fc from "fast-check";
import { type Bindings, bindingOf, type Expressions, letBindings, setBindings, writeBindings } from "./bindings.ts";
import { type Argument, type BuiltinCall, builtinCalls, globalBuiltins } from "./builtin-calls.ts";
import { derivations } from "./derivations.ts";
import { functions } from "./functions.ts";
import { literals } from "./literals.ts";
import { type Kind, namesOfKind, shadows } from "./scope.ts";
import { constant, form, gap, level, type Sketch, slack, write } from "./sketch.ts";
import { strings } from "./strings.ts";

const kinds = Object.keys(namesOfKind) as readonly Kind[];
const depthIdentifier = fc.createDepthIdentifier();

/** A variable of this kind, or the literal where there is none. */
function leaf(kind: Kind): fc.Arbitrary<Sketch> {
  const variable = fc.tuple(fc.nat(7), literals[kind]).map(
    ([choice, literal]): Sketch =>
      (scope) => {
        const name = scope.pick(kind, choice);
        return name === undefined ? literal(scope) : { text: name, level: level.atom };
      },
  );
  return fc.oneof({ arbitrary: literals[kind], weight: 2 }, { arbitrary: variable, weight: 3 });
}

function set(bindings: Bindings, isRecursive: boolean): Sketch {
  return (scope) => {
    const { text } = writeBindings(bindings, scope, isRecursive);
    const inside = text === "" ? gap : `${gap}${text}${gap}`;
    return { text: `${isRecursive ? `rec${gap}` : ""}{${inside}}`, level: level.atom };
  };
}

function list(items: readonly Sketch[]): Sketch {
  return (scope) => {
    const texts = items.map((item) => `${write(item, scope, level.select)}${gap}`);
    return { text: `[${gap}${texts.join("")}]`, level: level.atom };
  };
}

/** What every kind can be: branches, bindings, calls, selections. */
function general(expressions: Expressions, kind: Kind): fc.Arbitrary<Sketch> {
  const it = expressions[kind];
  const { bool, string, any, int } = expressions;
  const parameters = ["int", "string", "set", "any", "ints"] as const;
  return fc.oneof(
    fc.tuple(bool, it, it).map((parts) => form(level.anything, "if #15 then #15 else #15", parts)),
    fc.tuple(letBindings(expressions), it).map(
      ([bindings, body]): Sketch =>
        (scope) => {
          const { text, inner } = writeBindings(bindings, scope, true);
          return { text: `let${gap}${text}${gap}in${gap}${write(body, inner, level.anything)}`, level: level.anything };
        },
    ),
    fc.tuple(letBindings(expressions), it).map(
      ([bindings, body]): Sketch =>
        (scope) => {
          const { text, inner } = writeBindings(bindings, scope, true);
          return { text: `let${gap}${text}${gap}in${gap}${write(body, inner, level.anything)}`, level: level.anything };
        },
    ),
    fc.tuple(setBindings(expressions), it, fc.boolean()).map(
      ([bindings, body, isRecursive]): Sketch =>
        (scope) => {
          const { text, inner } = writeBindings(bindings, scope, isRecursive);
          const names = isRecursive ? inner : writeBindings(bindings, scope, true).inner;
          const source = `${isRecursive ? `rec${gap}` : ""}{${gap}${text}${gap}}`;
          return { text: `with${gap}${source};${gap}${write(body, names, level.anything)}`, level: level.anything };
        },
    ),
    fc.tuple(expressions.set, fc.constantFrom(...kinds), it).map(
      ([source, hidden, body]): Sketch =>
        (scope) => {
          const names = scope.with(namesOfKind[hidden].slice(0, 1));
          const head = `with${gap}${write(source, scope, level.anything)};`;
          return { text: `${head}${gap}${write(body, names, level.anything)}`, level: level.anything };
        },
    ),
    fc.tuple(bool, it).map((parts) => form(level.anything, "assert #15; #15", parts)),
    fc.tuple(any, any, it).map((parts) => form(level.anything, "assert #10 == #10; #15", parts)),
    fc
      .tuple(alike(expressions), alike(expressions), it)
      .map((parts) => form(level.anything, "assert #10 == #10; #15", parts)),
    fc.tuple(any, functions(expressions, ["any"], kind)).map((parts) => form(level.atom, "(~#13 |> #13~)", parts)),
    ...parameters.map((parameter) =>
      fc
        .tuple(functions(expressions, [parameter], kind), expressions[parameter])
        .map((parts) => form(level.call, "#2 #1", parts)),
    ),
    fc
      .tuple(functions(expressions, ["set", "int"], kind), expressions.set, int)
      .map((parts) => form(level.call, "#2 #1 #1", parts)),
    selections(expressions, kind),
    selections(expressions, kind),
    it.map((part) => form(level.atom, "(~#15~)", [part])),
    fc
      .tuple(it, fc.array(any, { maxLength: 2 }))
      .map(([first, others]) => form(level.call, "builtins.head #1", [list([first, ...others])])),
    it.map((part) => form(level.select, "(builtins.tryEval #1).value", [part])),
    fc.tuple(string, it).map((parts) => form(level.call, "builtins.addErrorContext #1 #1", parts)),
    string.map((part) => form(level.call, "throw #1", [part])),
    fc.tuple(letBindings(expressions), it).map(
      ([bindings, body]): Sketch =>
        (scope) => {
          const extra = () => ({
            names: ["body"],
            paths: ["body"],
            write: (inner: typeof scope) => `body${gap}=${gap}${write(body, inner, level.anything)};`,
          });
          const { text } = writeBindings(bindings, scope, true, [extra]);
          return { text: `let${gap}{${gap}${text}${gap}}`, level: level.atom };
        },
    ),
    recursion(expressions, kind),
    fc.oneof(
      ...shadows.map(([name, shadowKind]) =>
        fc.tuple(expressions[shadowKind], it).map(
          ([value, body]): Sketch =>
            (scope) => {
              const head = `let${gap}${name}${gap}=${gap}${write(value, scope, level.anything)};${gap}in`;
              return { text: `${head}${gap}${write(body, scope, level.anything)}`, level: level.anything };
            },
        ),
      ),
    ),
  );
}

/** Sets and lists of which many differ only deep inside. */
function alike(expressions: Expressions): fc.Arbitrary<Sketch> {
  const { int, string, bool, set } = expressions;
  return fc.oneof(
    fc.tuple(int, string).map((parts) => form(level.atom, "{ n = #15; s = #15; }", parts)),
    fc.tuple(string, bool).map((parts) => form(level.atom, "{ r = { s = #15; t = #15; }; }", parts)),
    fc.tuple(int, int).map((parts) => form(level.atom, "[ 1 [ #1 ] { n = #15; } ]", parts)),
    fc.tuple(set, set).map((parts) => form(level.update, "#8 // #8", parts)),
    fc.tuple(string).map((parts) => form(level.atom, '{ type = "derivation"; outPath = #15; }', parts)),
  );
}

/** A function that calls itself a number of times. */
function recursion(expressions: Expressions, kind: Kind): fc.Arbitrary<Sketch> {
  const counts = fc.oneof(
    { arbitrary: fc.integer({ min: 0, max: 12 }), weight: 40 },
    { arbitrary: fc.constantFrom(300, 4000), weight: 1 },
  );
  return fc.tuple(expressions[kind], expressions[kind], counts, fc.constantFrom("go", "seq", "tail")).map(
    ([base, step, count, shape]): Sketch =>
      (scope) => {
        const inner = scope.with(["n"]);
        const last = write(base, inner, level.anything);
        const next = write(step, inner, level.select);
        const again = `go${gap}(n${gap}-${gap}1)`;
        const more =
          shape === "go"
            ? `builtins.head${gap}[${gap}(${again})${gap}${next}${gap}]`
            : shape === "seq"
              ? `builtins.seq${gap}(${again})${gap}${next}`
              : again;
        const definition = `go${gap}=${gap}n:${gap}if${gap}n${gap}<${gap}1${gap}then${gap}${last}${gap}else${gap}${more};`;
        return { text: `let${gap}${definition}${gap}in${gap}go${gap}${count}`, level: level.anything };
      },
  );
}

function selections(expressions: Expressions, kind: Kind): fc.Arbitrary<Sketch> {
  const it = expressions[kind];
  const ending = fc.option(it, { nil: undefined });
  return fc.oneof(
    fc.tuple(setBindings(expressions), bindingOf(expressions, kind), ending, fc.nat(15)).map(
      ([bindings, { name, binding }, fallback, choice]): Sketch =>
        (scope) => {
          const isRecursive = choice % 4 === 3;
          const { text } = writeBindings(bindings, scope, isRecursive, choice === 14 ? [] : [binding]);
          const source = `${isRecursive ? `rec${gap}` : ""}{${gap}${text}${gap}}`;
          const selector = choice === 12 ? `"${name}"` : choice === 13 ? `\${${slack}"${name}"${slack}}` : name;
          const end = fallback === undefined ? "" : `${gap}or${gap}${write(fallback, scope, level.select)}`;
          return { text: `${source}.${selector}${end}`, level: level.select };
        },
    ),
    fc.tuple(expressions.set, fc.nat(2), ending, fc.nat(7), expressions.string).map(
      ([target, choice, fallback, shape, text]): Sketch =>
        (scope) => {
          const names = namesOfKind[kind];
          const name = names[choice % names.length] as string;
          const dynamic = `\${${slack}${write(text, scope, level.anything)}${slack}}`;
          const path = shape === 7 ? `r.${name}` : shape === 6 ? dynamic : shape === 5 ? `r.${dynamic}` : name;
          const end = fallback === undefined ? "" : `${gap}or${gap}${write(fallback, scope, level.select)}`;
          return { text: `${write(target, scope, level.atom)}.${path}${end}`, level: level.select };
        },
    ),
  );
}

/** What a kind can be besides: operators and constructions of its own. */
function particular(expressions: Expressions, kind: Kind): fc.Arbitrary<Sketch> {
  const { int, float, bool, string, path, any } = expressions;
  const it = expressions[kind];
  const infix = (
    binding: number,
    operator: string,
    left: number,
    right: number,
    ...parts: readonly fc.Arbitrary<Sketch>[]
  ) => fc.tuple(...parts).map((sketches) => form(binding, `#${left} ${operator} #${right}`, sketches));
  switch (kind) {
    case "int":
    case "float": {
      const other = kind === "int" ? int : fc.oneof(int, float);
      return fc.oneof(
        infix(level.add, "+", 7, 6, it, other),
        infix(level.add, "-", 7, 6, it, other),
        infix(level.multiply, "*", 6, 5, it, other),
        infix(level.multiply, "/", 6, 5, it, other),
        it.map((part) => form(level.negate, "-~#3", [part])),
        ...(kind === "int"
          ? [
              fc.constant(constant("__curPos.line", level.select)),
              fc.constant(constant("__curPos.column", level.select)),
            ]
          : []),
      );
    }
    case "bool": {
      const pairs = kinds.map((paired) => [expressions[paired], expressions[paired]] as const);
      return fc.oneof(
        ...pairs.flatMap(([left, right]) => [
          infix(level.equal, "==", 10, 10, left, right),
          infix(level.equal, "!=", 10, 10, left, right),
        ]),
        ...["<", "<=", ">", ">="].flatMap((operator) => [
          infix(level.order, operator, 9, 9, int, int),
          infix(level.order, operator, 9, 9, int, float),
          infix(level.order, operator, 9, 9, string, string),
          infix(level.order, operator, 9, 9, expressions.ints, expressions.ints),
          infix(level.order, operator, 9, 9, expressions.list, expressions.list),
          infix(level.order, operator, 9, 9, path, path),
        ]),
        ...[0, 1, 2].flatMap(() => [
          infix(level.and, "&&", 12, 11, bool, bool),
          infix(level.or, "||", 13, 12, bool, bool),
          infix(level.implies, "->", 13, 14, bool, bool),
          bool.map((part) => form(level.not, "!~#8", [part])),
        ]),
        ...["a", "r.n", '"odd name"', `\${"s"}`, "r.r.x", "outPath"].map((attribute) =>
          fc
            .tuple(fc.oneof(expressions.set, expressions.set, any))
            .map((parts) => form(level.hasAttr, `#3 ? ${attribute}`, parts)),
        ),
        fc.tuple(expressions.set, string).map((parts) => form(level.hasAttr, `#3 ? \${~#15~}`, parts)),
      );
    }
    case "string":
      return fc.oneof(
        strings(expressions),
        strings(expressions),
        fc
          .tuple(expressions.derivation, fc.constantFrom("drvPath", "outPath", "name", "dev", "outputName"))
          .map(([part, attribute]) => form(level.select, `#0.${attribute}`, [part])),
        infix(level.add, "+", 7, 6, it, fc.oneof(string, string, string, path, expressions.derivation)),
      );
    case "path":
      return fc.oneof(
        infix(level.add, "+", 7, 6, path, fc.oneof(string, path)),
        ...[`./\${~#15~}`, `./tree/\${~#15~}`, `./\${~#15~}/x`, `/a/b/c\${~#15~}.d`].map((pattern) =>
          string.map((part) => form(level.select, pattern, [part])),
        ),
      );
    case "list":
    case "ints":
    case "strings":
    case "sets": {
      const item = { list: any, ints: int, strings: string, sets: expressions.set }[kind];
      const literal = fc.array(item, { maxLength: 4 }).map(list);
      return fc.oneof(
        literal,
        literal,
        literal,
        infix(level.concat, "++", 4, 5, it, it),
        ...(kind === "list"
          ? [
              fc
                .tuple(any, fc.nat(5))
                .map(([value, count]) =>
                  form(level.anything, `let x = #15; in [ x x ${"x ".repeat(count % 2)}]`, [value]),
                ),
            ]
          : []),
      );
    }
    case "set":
      return fc.oneof(
        ...[0, 1, 2, 3].map(() =>
          fc
            .tuple(setBindings(expressions), fc.integer({ min: 0, max: 3 }))
            .map(([bindings, choice]) => set(bindings, choice === 3)),
        ),
        infix(level.update, "//", 8, 9, it, it),
        expressions.derivation,
        closures(expressions),
        fc.constant(constant("__curPos")),
        fc.array(fc.tuple(string, any), { maxLength: 3 }).map((pairs): Sketch => {
          const sets = pairs.map((pair) => form(level.atom, "{ name = #15; value = #15; }", pair));
          return form(level.call, "builtins.listToAttrs #1", [list(sets)]);
        }),
      );
    case "derivation":
      return derivations(expressions);
    case "function":
      return fc.oneof(
        functions(expressions, ["int"], "int"),
        functions(expressions, ["any"], "any"),
        functions(expressions, ["set"], "any"),
        functions(expressions, ["any", "any"], "any"),
        functions(expressions, ["string"], "string"),
      );
    case "null":
      return fc.constantFrom('(builtins.match "a" "b")', '(builtins.fromJSON "null")').map((text) => constant(text));
    case "any":
      return fc.oneof(...kinds.filter((other) => other !== "any").map((other) => expressions[other]));
  }
}

/** genericClosure, mostly with an operator that comes to an end. */
function closures(expressions: Expressions): fc.Arbitrary<Sketch> {
  const { int, any, string, sets } = expressions;
  const start = fc.oneof(
    fc
      .constantFrom("[ { key = 1; } ]", "[ { key = [ ]; } ]", '[ { key = "a"; } { key = "b"; } ]')
      .map((text) => constant(text)),
    fc
      .array(fc.oneof(int, int, string, any), { minLength: 1, maxLength: 3 })
      .map((keys) => list(keys.map((key) => form(level.atom, "{ key = #15; }", [key])))),
    sets,
  );
  const operator = fc.oneof(
    fc
      .constantFrom(
        "(r: [ ])",
        "(r: if r.key < 4 then [ { key = r.key + 1; } ] else [ ])",
        "(r: if r.key < 40 then [ { key = r.key * 2 + 1; } { key = r.key * 2; } { key = -r.key; } ] else [ ])",
        '(r: if r.key < 9 then [ { key = r.key + 1; } { key = if r.key == 7 then "7" else 1.5; } ] else [ ])',
        "(r: if builtins.length r.key < 4 then [ { key = r.key ++ [ 1 ]; } { key = [ 2 ] ++ r.key; } ] else [ ])",
        "(r: [ { key = 1; n = r.key; } { key = 2; } ])",
        "({ key, ... }: [ { key = if key == 1 then 2 else 1; } ])",
      )
      .map((text) => constant(text)),
    any,
  );
  return fc
    .tuple(start, operator)
    .map((parts) => form(level.select, "{ x = builtins.genericClosure { startSet = #15; operator = #15; }; }", parts));
}

/** What an argument of a builtin is. */
function argument(expressions: Expressions, wanted: Argument): fc.Arbitrary<Sketch> {
  if (typeof wanted === "string") return expressions[wanted];
  if ("text" in wanted)
    return fc.constant(constant(wanted.text, wanted.text.includes(".") ? level.select : level.atom));
  if ("anyOf" in wanted) return fc.oneof(...wanted.anyOf.map((one) => argument(expressions, one)));
  const fitting = functions(expressions, wanted.from, wanted.to);
  return fc.oneof({ arbitrary: fitting, weight: 20 }, { arbitrary: expressions.any, weight: 1 });
}

/** The builtin by one of the names that lead to it. */
function reference(name: string): fc.Arbitrary<string> {
  const names = [`builtins.${name}`, globalBuiltins.has(name) ? name : `__${name}`];
  return fc.oneof(
    { arbitrary: fc.constant(names[0] as string), weight: 3 },
    { arbitrary: fc.constant(names[1] as string), weight: 1 },
  );
}

function builtinCall(expressions: Expressions, { name, args }: BuiltinCall): fc.Arbitrary<Sketch> {
  const sketches = fc.tuple(...args.map((wanted) => argument(expressions, wanted)));
  return fc.tuple(reference(name), sketches, fc.nat(19)).map(([builtin, parts, shape]) => {
    const slots = parts.map(() => "#1");
    if (shape === 18 && parts.length > 1)
      return form(level.call, `(${builtin} ${slots[0]}) ${slots.slice(1).join(" ")}`, parts);
    return form(level.call, [builtin, ...slots].join(" "), parts);
  });
}

/** Those that do not ask the network for whatever they are given. */
const wild = builtinCalls.filter(({ name }) => !/^(?:break|fetch.*|getFlake|parseFlakeRef)$/.test(name));

/** Any builtin with arguments of any kind, or too few of them. */
function wildCall(expressions: Expressions): fc.Arbitrary<Sketch> {
  return fc.oneof(
    ...wild.map(({ name, args }) =>
      fc
        .tuple(reference(name), fc.array(expressions.any, { minLength: 0, maxLength: args.length }))
        .map(([builtin, parts]) =>
          parts.length === 0
            ? constant(builtin, level.select)
            : form(level.call, [builtin, ...parts.map(() => "#1")].join(" "), parts),
        ),
    ),
  );
}

function expressionsOf(tie: (kind: Kind) => fc.Arbitrary<Sketch>): Record<Kind | "whole", fc.Arbitrary<Sketch>> {
  // Inside others, an expression is now and then of a kind that nobody asked for.
  const parts = Object.fromEntries(
    kinds.map((kind) => [
      kind,
      kind === "any" ? tie(kind) : fc.oneof({ arbitrary: tie(kind), weight: 30 }, { arbitrary: tie("any"), weight: 1 }),
    ]),
  ) as Record<Kind, fc.Arbitrary<Sketch>>;
  const ofKind = (kind: Kind): fc.Arbitrary<Sketch> => {
    const calls = builtinCalls.filter(({ result }) => result === kind).map((one) => builtinCall(parts, one));
    return fc.oneof(
      { depthIdentifier, depthSize: 3, maxDepth: 7, withCrossShrink: true },
      { arbitrary: leaf(kind), weight: 3 },
      { arbitrary: particular(parts, kind), weight: 4 },
      { arbitrary: general(parts, kind), weight: 3 },
      ...(calls.length === 0 ? [] : [{ arbitrary: fc.oneof(...calls), weight: kind === "any" ? 1 : 3 }]),
      ...(kind === "any" ? [{ arbitrary: wildCall(parts), weight: 2 }] : []),
    );
  };
  const whole = fc.oneof(
    ...kinds.flatMap((kind) => [particular(parts, kind), general(parts, kind)]),
    ...[0, 1, 2].map(() => fc.oneof(...builtinCalls.map((one) => builtinCall(parts, one)))),
    wildCall(parts),
  );
  return {
    ...(Object.fromEntries(kinds.map((kind) => [kind, ofKind(kind)])) as Record<Kind, fc.Arbitrary<Sketch>>),
    whole,
  };
}

/** An expression of any kind that is more than a literal. */
export const expression: fc.Arbitrary<Sketch> = fc.letrec<Record<Kind | "whole", Sketch>>((tie) =>
  expressionsOf(tie),
).whole;
