// Every construct of the language and every kind of data, nested far too deep.
import type { HostileCase } from "./hostile-case.ts";

interface Nest {
  readonly open: string;
  readonly core: string;
  readonly close: string;
}

const nest = (open: string, core: string, close = ""): Nest => ({ open, core, close });

const constructs: Readonly<Record<string, Nest>> = {
  parentheses: nest("(", "1", ")"),
  lists: nest("[", "1", "]"),
  sets: nest("{a=", "1", ";}"),
  "recursive sets": nest("rec{a=", "1", ";}"),
  "sets with a dynamic name": nest('{${"a"}=', "1", ";}"),
  lets: nest("let a=1;in ", "a"),
  "lets in bindings": nest("let a=", "1", ";in a"),
  withs: nest("with{};", "1"),
  "withs with a body that uses them": nest("with{a=1;};", "a"),
  "withs of withs": nest("with ", "{}", ";{}"),
  asserts: nest("assert true;", "1"),
  "asserts of asserts": nest("assert ", "true", ";true"),
  "then branches": nest("if true then ", "1", " else 2"),
  "else branches": nest("if false then 2 else ", "1"),
  conditions: nest("if ", "true", " then true else false"),
  lambdas: nest("x: ", "1"),
  "pattern lambdas": nest("{x?1}: ", "1"),
  defaults: nest("({x?", "1", "}:x){}"),
  negations: nest("-", "1"),
  "separated negations": nest("- ", "1"),
  nots: nest("!", "true"),
  "sums on the left": nest("", "1", "+1"),
  "sums on the right": nest("1+(", "1", ")"),
  differences: nest("", "1", "-1"),
  products: nest("", "1", "*1"),
  quotients: nest("", "1", "/1"),
  "string sums": nest("", '""', '+"a"'),
  concatenations: nest("[1]++", "[]"),
  "concatenations on the left": nest("([]++", "[]", ")"),
  updates: nest("{a=1;}//", "{}"),
  "updates on the left": nest("(", "{}", "//{a=1;})"),
  ands: nest("true&&", "true"),
  "ands on the left": nest("(", "true", "&&true)"),
  ors: nest("false||", "true"),
  "ors on the left": nest("(", "true", "||true)"),
  implications: nest("true->", "true"),
  equalities: nest("(true==", "true", ")"),
  comparisons: nest("(", "1", "<2)"),
  "has-attribute operators": nest("(", "{}", "?a)"),
  "has-attribute paths": nest("", "{}?a", ".a"),
  selections: nest("", "{}.a or 1", ".a"),
  "select chains": nest("", "{}", ".a"),
  "selections with defaults": nest("{}.a or ", "1"),
  "selections with defaults in parentheses": nest("({}.a or ", "1", ")"),
  "attribute paths": nest("{a", "", ""),
  calls: nest("(x:x)", "1"),
  "calls in parentheses": nest("(x:x)(", "1", ")"),
  "calls with many arguments": nest("", "(x:x)", " (x:x)"),
  strings: nest('"${', '"a"', '}"'),
  "indented strings": nest("''${", "''a''", "}''"),
  "string parts": nest("", '"', '${"a"}'),
  "dynamic selections": nest('{a="a";}.${', '"a"', "}"),
  paths: nest("./${", '"a"', "}"),
  inherits: nest("{inherit(", "{a=1;}", ")a;}"),
  comments: nest("/*", "1", "*/"),
  "line comments": nest("#\n", "1"),
  "open parentheses": nest("(", "", ""),
  "open brackets": nest("[", "", ""),
  "open braces": nest("{a=", "", ""),
  "open strings": nest('"${', "", ""),
  "open indented strings": nest("''${", "", ""),
  "open lets": nest("let a=", "", ""),
  "open ifs": nest("if ", "", ""),
  "open comments": nest("/*", "", ""),
  "closing parentheses": nest("", "1", ")"),
  dollars: nest("$", "", ""),
  quotes: nest('"', "", ""),
  "single quotes": nest("'", "", ""),
  "ands of nots": nest("!true&&", "true"),
  pipes: nest("", "1", " |> (x:x)"),
  ids: nest("a ", "", ""),
  "selections of or": nest("or ", "", ""),
};

/** Paths, set braces and strings that need an end which `Nest` cannot say. */
const whole: Readonly<Record<string, (depth: number) => string>> = {
  "attribute path": (depth) => `{${"a.".repeat(depth)}a=1;}`,
  "attribute path and select": (depth) => `{${"a.".repeat(depth)}a=1;}${".a".repeat(depth)}`,
  "string of parts": (depth) => `"${'${"a"}'.repeat(depth)}"`,
  "string of escapes": (depth) => `"${"\\n".repeat(depth)}"`,
  "indented string of escapes": (depth) => `''${"''\\n".repeat(depth)}''`,
  "string of dollars": (depth) => `"${"$".repeat(depth)}"`,
  "indented string of dollars": (depth) => `''${"$".repeat(depth)}''`,
  list: (depth) => `builtins.length [${"1 ".repeat(depth)}]`,
  "list of lists": (depth) => `builtins.length [${"[]".repeat(depth)}]`,
  set: (depth) =>
    `builtins.length(builtins.attrNames{${Array.from({ length: depth }, (_, i) => `a${i}=1;`).join("")}})`,
  "let with many names": (depth) =>
    `let ${Array.from({ length: depth }, (_, i) => `a${i}=1;`).join("")} in a${depth - 1}`,
  "chain of names": (depth) =>
    `let a0=1;${Array.from({ length: depth }, (_, i) => `a${i + 1}=a${i};`).join("")} in a${depth}`,
  "chain of recursive attributes": (depth) =>
    `(rec {a0=1;${Array.from({ length: depth }, (_, i) => `a${i + 1}=a${i};`).join("")}}).a${depth}`,
  formals: (depth) => `({${Array.from({ length: depth }, (_, i) => `a${i}?1`).join(",")}}:a0){}`,
  "inherited names": (depth) => `let a=1; in {${"inherit a;".repeat(depth)}}`,
  "inherit with many names": (depth) =>
    `with{};{inherit ${Array.from({ length: depth }, (_, i) => `a${i}`).join(" ")};}`,
  "nested and merged sets": (depth) => `{${Array.from({ length: depth }, (_, i) => `a.b${i}=1;`).join("")}}.a.b1`,
  "duplicate after many": (depth) => `{${Array.from({ length: depth }, (_, i) => `a${i}=1;`).join("")}a0=2;}`,
  "long identifier": (depth) => `let ${"a".repeat(depth)}=1; in ${"a".repeat(depth)}`,
  "long undefined identifier": (depth) => "a".repeat(depth),
  "long integer": (depth) => "1".repeat(depth),
  "long zeroes": (depth) => `${"0".repeat(depth)}1`,
  "long float": (depth) => `1.${"0".repeat(depth)}1`,
  "long float that is large": (depth) => `${"1".repeat(depth)}.0`,
  "long exponent": (depth) => `1.0e${"1".repeat(depth)}`,
  "long path": (depth) => `/${"a/".repeat(depth)}a`,
  "long path of names": (depth) => `builtins.pathExists /${"a".repeat(depth)}`,
  "long search path": (depth) => `<${"a/".repeat(depth)}a>`,
  "long url": (depth) => `builtins.stringLength http:${"a".repeat(depth)}`,
  spaces: (depth) => `${" ".repeat(depth)}1`,
  newlines: (depth) => `${"\n".repeat(depth)}x`,
  "carriage returns": (depth) => `${"\r".repeat(depth)}x`,
  tabs: (depth) => `${"\t".repeat(depth)}x`,
  "long line with an error": (depth) => `[${"1 ".repeat(depth)}x]`,
};

/** What makes values that are nested in values, and what then goes through them. */
const makers: Readonly<Record<string, (depth: number) => string>> = {
  list: (depth) => `builtins.foldl' (a: i: [ a ]) 1 (builtins.genList (i: i) ${depth})`,
  set: (depth) => `builtins.foldl' (a: i: { x = a; }) 1 (builtins.genList (i: i) ${depth})`,
  "lazy list": (depth) => `let f = n: if n == 0 then 1 else [ (f (n - 1)) ]; in f ${depth}`,
  "lazy set": (depth) => `let f = n: if n == 0 then 1 else { x = f (n - 1); }; in f ${depth}`,
  JSON: (depth) =>
    `builtins.fromJSON (builtins.concatStringsSep "" (builtins.genList (i: "[") ${depth}) + builtins.concatStringsSep "" (builtins.genList (i: "]") ${depth}))`,
  "JSON objects": (depth) =>
    `builtins.fromJSON (builtins.concatStringsSep "" (builtins.genList (i: "{\\"a\\":") ${depth}) + "1" + builtins.concatStringsSep "" (builtins.genList (i: "}") ${depth}))`,
  "stand-ins": (depth) => `builtins.foldl' (a: i: { outPath = a; }) "o" (builtins.genList (i: i) ${depth})`,
  "called stand-ins": (depth) =>
    `builtins.foldl' (a: i: { __toString = self: a; }) "o" (builtins.genList (i: i) ${depth})`,
  functors: (depth) => `builtins.foldl' (a: i: { __functor = self: a; }) (x: x) (builtins.genList (i: i) ${depth})`,
  "nested functors": (depth) =>
    `builtins.foldl' (a: i: { __functor = a; }) (self: x: x) (builtins.genList (i: i) ${depth})`,
  thunks: (depth) => `builtins.foldl' (a: i: a + 1) 0 (builtins.genList (i: i) ${depth})`,
  "lazy thunks": (depth) =>
    `(builtins.foldl' (a: i: { x = a.x + 1; }) { x = 0; } (builtins.genList (i: i) ${depth})).x`,
  "composed functions": (depth) => `builtins.foldl' (f: i: x: f x) (x: x) (builtins.genList (i: i) ${depth})`,
};
/** C++ Nix takes a time that grows with the square of the depth. */
const tomlMakers: Readonly<Record<string, (depth: number) => string>> = {
  "TOML arrays": (depth) =>
    `fromTOML ("a=" + builtins.concatStringsSep "" (builtins.genList (i: "[") ${depth}) + builtins.concatStringsSep "" (builtins.genList (i: "]") ${depth}))`,
  "TOML inline tables": (depth) =>
    `fromTOML ("a=" + builtins.concatStringsSep "" (builtins.genList (i: "{a=") ${depth}) + "1" + builtins.concatStringsSep "" (builtins.genList (i: "}") ${depth}))`,
  "TOML dotted key": (depth) => `fromTOML (builtins.concatStringsSep "." (builtins.genList (i: "a") ${depth}) + "=1")`,
  "TOML table header": (depth) =>
    `fromTOML ("[" + builtins.concatStringsSep "." (builtins.genList (i: "a") ${depth}) + "]")`,
};
const consumers: Readonly<Record<string, (expression: string) => string>> = {
  printed: (e) => e,
  forced: (e) => `builtins.seq (${e}) "ok"`,
  "forced deeply": (e) => `builtins.deepSeq (${e}) "ok"`,
  "to JSON": (e) => `builtins.stringLength (builtins.toJSON (${e}))`,
  "to XML": (e) => `builtins.stringLength (builtins.toXML (${e}))`,
  "to string": (e) => `builtins.stringLength (toString (${e}))`,
  interpolated: (e) => `builtins.stringLength "\${${e}}"`,
  compared: (e) => `(${e}) == (${e})`,
  ordered: (e) => `(${e}) < (${e})`,
  sorted: (e) => `builtins.length (builtins.sort builtins.lessThan [ (${e}) (${e}) ])`,
  "in an error": (e) => `1 + (${e})`,
  "forced and in an error": (e) => `let e = ${e}; in builtins.deepSeq e (1 + e)`,
  asserted: (e) => `assert (${e}) == 1; 1`,
  called: (e) => `(${e}) 1`,
  traced: (e) => `builtins.trace (${e}) 1`,
};

export const depths = [1000, 12_000, 100_000];

/** What takes a time that grows with the square of the depth, there as here, and what is like others and not quick. */
const slow: ReadonlySet<string> = new Set([
  "paths × 12000",
  ...[
    "paths",
    "concatenations",
    "concatenations on the left",
    "updates on the left",
    "ands on the left",
    "ors on the left",
    "comparisons",
    "selections with defaults in parentheses",
    "lets in bindings",
    "recursive sets",
    "open strings",
    "open lets",
    "products",
  ].map((construct) => `${construct} × 100000`),
]);

export function* nestingCases(): Iterable<HostileCase> {
  for (const depth of depths) {
    for (const [construct, { open, core, close }] of Object.entries(constructs)) {
      const name = `${construct} × ${depth}`;
      if (!slow.has(name)) yield { name, text: open.repeat(depth) + core + close.repeat(depth) };
    }
    for (const [name, text] of Object.entries(whole)) yield { name: `${name} × ${depth}`, text: text(depth) };
  }
}

/** What goes through values that are deeper than any call may be. */
const farConsumers: ReadonlySet<string> = new Set(["printed", "forced", "to JSON", "compared"]);

export function* deepValueCases(): Iterable<HostileCase> {
  for (const [maker, make] of Object.entries(tomlMakers)) {
    for (const depth of maker === "TOML arrays" ? [100, 3000, 100_000] : [100, 3000])
      yield { name: `${maker} × ${depth} forced`, text: `builtins.seq (${make(depth)}) "ok"` };
  }
  for (const [maker, make] of Object.entries(makers)) {
    for (const [consumer, consume] of Object.entries(consumers)) {
      for (const depth of [100, 12_000, 100_000]) {
        if (depth === 100_000 && !farConsumers.has(consumer)) continue;
        yield { name: `${maker} × ${depth} ${consumer}`, text: consume(make(depth)) };
      }
    }
  }
}
