// All builtins by what they take and give, so that random calls of them get far.
import type { Kind } from "./scope.ts";

/** What an argument is: a kind; a function from kinds to a kind; a literal text; or one of several of these. */
export type Argument =
  | Kind
  | { readonly from: readonly Kind[]; readonly to: Kind }
  | { readonly text: string }
  | { readonly anyOf: readonly Argument[] };

/** `length: ["length", "list", "int"]`: name, arguments, and what the call gives. */
export interface BuiltinCall {
  readonly name: string;
  readonly args: readonly Argument[];
  readonly result: Kind;
}

const fn = (from: readonly Kind[], to: Kind): Argument => ({ from, to });
const texts = (...words: readonly string[]): Argument => ({ anyOf: words.map((text) => ({ text })) });
const anyOf = (...args: readonly Argument[]): Argument => ({ anyOf: args });
const call = (name: string, args: readonly Argument[], result: Kind): BuiltinCall => ({ name, args, result });

const lists = [
  { list: "ints", item: "int" },
  { list: "strings", item: "string" },
  { list: "sets", item: "set" },
  { list: "list", item: "any" },
] as const satisfies readonly { readonly list: Kind; readonly item: Kind }[];

const attrNames = texts('"a"', '"s"', '"r"', '"n"', '"x"', '"name"', '"odd name"', '"f"', '"missing"');
const name = anyOf(attrNames, "string");
const algorithm = anyOf(texts('"md5"', '"sha1"', '"sha256"', '"sha512"', '"sha255"'), texts('"sha256"'), "string");
const derivation = 'derivation { name = "d"; builder = "b"; system = "s"; }';
/** Strings, most of which have a context. */
const dependent = anyOf(
  "string",
  texts(
    `(${derivation}).drvPath`,
    `(${derivation}).outPath`,
    `"\${${derivation}}/bin"`,
    `"\${(${derivation}).drvPath}"`,
    `"\${(derivation { name = "e"; builder = "b"; system = "s"; outputs = [ "out" "dev" ]; }).dev}/x"`,
  ),
  texts(
    '(builtins.toFile "f" "t")',
    `"\${./tree/text}"`,
    `(builtins.unsafeDiscardOutputDependency (${derivation}).drvPath)`,
  ),
);
/** Long enough to be sorted in pieces: rising, falling, and with both. */
const longInts = texts(
  "(builtins.genList (n: n) 70)",
  "(builtins.genList (n: 80 - n) 80)",
  "(builtins.genList (n: n * 37 / 11 - n * n / 13) 90)",
  "(builtins.genList (n: if n < 40 then n else 120 - n) 100)",
  "(builtins.genList (n: builtins.bitAnd (n * 7919) 31) 120)",
);
const versions = texts('"1.0"', '"1.0pre2"', '"2.3a"', '"1.0.0"', '"1.0-rc1"', '"10"', '"1..2"', '"pre"', '"a1b2"');
const patterns = texts('"a"', '"(a)|(b)"', '".*"', '"([a-z]+)-(.*)"', '"[[:space:]]+"', '""', '"("', '"x*"', '"(/)?"');

export const builtinCalls: readonly BuiltinCall[] = [
  call("add", ["int", "int"], "int"),
  call("add", ["float", "int"], "float"),
  call("sub", ["int", "int"], "int"),
  call("sub", ["float", "float"], "float"),
  call("mul", ["int", "int"], "int"),
  call("mul", ["int", "float"], "float"),
  call("div", ["int", "int"], "int"),
  call("div", ["float", "int"], "float"),
  call("lessThan", ["int", "int"], "bool"),
  call("lessThan", ["string", "string"], "bool"),
  call("lessThan", ["ints", "ints"], "bool"),
  call("lessThan", ["float", "int"], "bool"),
  call("lessThan", ["path", "path"], "bool"),
  call("bitAnd", ["int", "int"], "int"),
  call("bitOr", ["int", "int"], "int"),
  call("bitXor", ["int", "int"], "int"),
  call("ceil", [anyOf("float", "int")], "int"),
  call("floor", [anyOf("float", "int")], "int"),
  call("ceil", [texts("9007199254740993", "9223372036854775807", "9223372036854775807.0", "(1.0e308 * 10)")], "int"),

  ...lists.flatMap(({ list, item }) => [
    call("map", [fn([item], "int"), list], "ints"),
    call("map", [fn([item], "string"), list], "strings"),
    call("map", [fn([item], "any"), list], "list"),
    call("map", [fn([item], "set"), list], "sets"),
    call("filter", [fn([item], "bool"), list], list),
    call("any", [fn([item], "bool"), list], "bool"),
    call("all", [fn([item], "bool"), list], "bool"),
    call("partition", [fn([item], "bool"), list], "set"),
    call("groupBy", [fn([item], "string"), list], "set"),
    call("concatMap", [fn([item], "list"), list], "list"),
    call("concatMap", [fn([item], list), list], list),
    call("elem", [item, list], "bool"),
    call("elemAt", [list, texts("0", "1", "2")], item),
    call("elemAt", [list, "int"], item),
    call("head", [list], item),
    call("tail", [list], list),
    call("length", [list], "int"),
    call("foldl'", [fn(["int", item], "int"), "int", list], "int"),
    call("foldl'", [fn(["any", item], "any"), "any", list], "any"),
    call("foldl'", [fn([list, item], list), list, list], list),
    call("sort", [fn([item, item], "bool"), list], list),
  ]),
  call("sort", [{ text: "builtins.lessThan" }, anyOf("ints", "strings", "list")], "list"),
  call("sort", [fn(["int", "int"], "bool"), { text: "(builtins.genList (n: (n * 7919 + 13) / (n + 1)) 40)" }], "ints"),
  call("sort", [fn(["int", "int"], "bool"), longInts], "ints"),
  call(
    "sort",
    [texts("(a: b: a < b)", "(a: b: a > b)", "(a: b: a / 7 < b / 7)", "(a: b: a < b + 1)"), longInts],
    "ints",
  ),
  call("sort", [texts("(a: b: a < b)", "(a: b: a > b)", "(a: b: true)", "(a: b: a * 3 < b)"), "ints"], "ints"),
  call("concatLists", [{ text: "[ [ 1 ] [ ] [ 2 3 ] ]" }], "ints"),
  call("concatLists", ["list"], "list"),
  call("genList", [fn(["int"], "any"), texts("0", "1", "3")], "list"),
  call("genList", [fn(["int"], "int"), anyOf(texts("2", "5"), "int")], "ints"),

  call("attrNames", ["set"], "strings"),
  call("attrValues", ["set"], "list"),
  call("getAttr", [name, "set"], "any"),
  call("hasAttr", [name, "set"], "bool"),
  call("removeAttrs", ["set", anyOf("strings", { text: '[ "a" "s" ]' })], "set"),
  call("intersectAttrs", ["set", "set"], "set"),
  call("catAttrs", [name, "sets"], "list"),
  call("mapAttrs", [fn(["string", "any"], "any"), "set"], "set"),
  call("zipAttrsWith", [fn(["string", "list"], "any"), "sets"], "set"),
  call("listToAttrs", ["sets"], "set"),
  call("functionArgs", ["function"], "set"),
  call("functionArgs", [fn(["set"], "any")], "set"),
  call("unsafeGetAttrPos", [name, "set"], "set"),
  call("unsafeGetAttrPos", [name, "set"], "any"),

  call("toString", ["any"], "string"),
  call("toString", ["list"], "string"),
  call("toString", ["set"], "string"),
  call("toString", ["float"], "string"),
  call("stringLength", ["string"], "int"),
  call("substring", ["int", "int", "string"], "string"),
  call("substring", [texts("0", "1"), texts("1", "-1", "3"), anyOf("string", "path", "set")], "string"),
  call("replaceStrings", ["strings", "strings", "string"], "string"),
  call(
    "replaceStrings",
    [{ text: '[ "a" "" ]' }, texts('[ "b" "c" ]', '[ "b" (throw "to") ]', "[ 1 2 ]"), "string"],
    "string",
  ),
  call("concatStringsSep", ["string", "strings"], "string"),
  call("concatStringsSep", ["string", "list"], "string"),
  call("split", [patterns, "string"], "list"),
  call("match", [patterns, "string"], "any"),
  call("splitVersion", ["string"], "strings"),
  call("compareVersions", ["string", "string"], "int"),
  call("compareVersions", [versions, versions], "int"),
  call("parseDrvName", ["string"], "set"),
  call("hashString", [algorithm, "string"], "string"),
  call(
    "convertHash",
    [
      anyOf(
        { text: '{ hash = "d41d8cd98f00b204e9800998ecf8427e"; hashAlgo = "md5"; toHashFormat = "sri"; }' },
        { text: '{ hash = "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="; toHashFormat = "nix32"; }' },
        "set",
      ),
    ],
    "string",
  ),
  call("baseNameOf", [anyOf("string", "path", "derivation")], "string"),
  call("dirOf", ["string"], "string"),
  call("dirOf", ["path"], "path"),
  call("toPath", [anyOf("string", "path", { text: '"/a/../b"' })], "string"),
  call("toJSON", ["any"], "string"),
  call("toJSON", ["set"], "string"),
  call("fromJSON", [texts('"[1,2.5,null,{\\"a\\":true}]"', '"{"', '"1e3"', '"\\"x\\""')], "any"),
  call("fromJSON", ["string"], "any"),
  call("fromJSON", [{ text: '"{\\"a\\": 1, \\"s\\": \\"x\\"}"' }], "set"),
  call("toXML", ["any"], "string"),
  call("fromTOML", [texts('"a = 1\\ns = \\"x\\""', '"[r]\\nn = 1.5"', '"a ="')], "set"),
  call("fromTOML", ["string"], "set"),

  call("typeOf", ["any"], "string"),
  ...["isAttrs", "isBool", "isFloat", "isFunction", "isInt", "isList", "isNull", "isPath", "isString"].map(
    (predicate) => call(predicate, ["any"], "bool"),
  ),

  call("tryEval", ["any"], "set"),
  call("throw", ["string"], "any"),
  call("abort", ["string"], "any"),
  ...(["int", "string", "set", "list", "any", "bool"] as const).flatMap((kind) => [
    call("seq", ["any", kind], kind),
    call("deepSeq", ["any", kind], kind),
    call("trace", ["any", kind], kind),
    call("traceVerbose", ["any", kind], kind),
    call("warn", ["string", kind], kind),
    call("addErrorContext", ["string", kind], kind),
  ]),

  // Only what is a value already: C++ Nix 2.34 forgets to evaluate it.
  call("break", [texts("1", '"a"', "null", "[ ]", "./tree")], "any"),

  call("getEnv", [texts('"OCINIX_DIFFERENTIAL"', '"UNSET"')], "string"),
  call("getEnv", ["string"], "string"),
  call("pathExists", [anyOf("path", "string")], "bool"),
  call("readFile", [texts("./tree/text", "./tree/empty", "./tree/bytes", "./tree/link", "./tree/data.json")], "string"),
  call("readFile", [anyOf("path", "string")], "string"),
  call("readDir", [texts("./tree", "./tree/sub", "./package")], "set"),
  call("readDir", [anyOf("path", "string")], "set"),
  call("readFileType", [anyOf("path", "string")], "string"),
  call("hashFile", [algorithm, "path"], "string"),
  call(
    "findFile",
    [texts("builtins.nixPath", '[ { prefix = "t"; path = ./tree; } ]'), texts('"t/text"', '"files"')],
    "path",
  ),
  call("findFile", ["sets", "string"], "path"),
  call("readFile", [dependent], "string"),
  call("readFileType", [dependent], "string"),
  call("readDir", [texts(`"\${./tree}"`, `"\${./package}"`)], "set"),
  call(
    "import",
    [texts('(builtins.toFile "x.nix" "rec { a = 1; s = toString ./x; n = a; }")', `"\${./package}"`)],
    "set",
  ),
  call("import", [dependent], "any"),
  call("import", [texts("./int.nix")], "int"),
  call("import", [texts("./set.nix", "./package")], "set"),
  call("import", [texts("./function.nix", "./formals.nix")], "function"),
  call(
    "import",
    [texts("./throws.nix", "./cycle.nix", "./endless.nix", "./syntax-error.nix", "./undefined.nix", "./scoped.nix")],
    "any",
  ),
  call("import", [anyOf("path", "string", "derivation")], "any"),
  call(
    "scopedImport",
    [texts('{ a = 1; s = "x"; n = 2; }', "{ a = 1; s = 1; n = null; map = f: l: l; }"), texts("./scoped.nix")],
    "list",
  ),
  call("scopedImport", ["set", anyOf("path", { text: "./scoped.nix" })], "any"),
  call("toFile", [anyOf(texts('"file"', '"a.b"'), "string"), "string"], "string"),
  call("filterSource", [fn(["path", "string"], "bool"), anyOf(texts("./tree", "./package"), "path")], "string"),
  call("path", [texts('{ path = ./tree; name = "t"; }', "{ path = ./tree/text; recursive = false; }")], "string"),
  call("path", ["set"], "string"),
  call("storePath", [anyOf("string", "path")], "string"),
  call("placeholder", [anyOf(texts('"out"'), "string")], "string"),

  call("unsafeDiscardStringContext", [dependent], "string"),
  call("unsafeDiscardOutputDependency", [dependent], "string"),
  call("addDrvOutputDependencies", [dependent], "string"),
  call("hasContext", [dependent], "bool"),
  call("getContext", [dependent], "set"),
  call(
    "appendContext",
    [
      "string",
      anyOf("set", { text: '(builtins.getContext (derivation { name = "d"; builder = "b"; system = "s"; }).drvPath)' }),
    ],
    "string",
  ),
  call(
    "appendContext",
    [
      "string",
      texts(
        '{ "/nix/store/2z2hg13zq3ajynnbhsxlr4ii0bh6rzbc-x" = { path = true; }; }',
        '{ "/nix/store/2z2hg13zq3ajynnbhsxlr4ii0bh6rzbc-x.drv" = { outputs = [ "out" "dev" ]; allOutputs = true; }; }',
        '{ "/nix/store/2z2hg13zq3ajynnbhsxlr4ii0bh6rzbc-x" = { allOutputs = true; }; }',
        `{ \${builtins.unsafeDiscardStringContext (${derivation}).drvPath} = { allOutputs = true; outputs = [ "out" ]; }; }`,
      ),
    ],
    "string",
  ),

  // What needs the network or a feature only has its complaints compared.
  call("fetchurl", [anyOf("int", { text: "{ }" })], "any"),
  call("fetchTarball", [anyOf("null", { text: "{ urll = 1; }" })], "any"),
  call("fetchGit", [texts("{ }", "{ urll = 1; }", "1")], "any"),
  call("fetchMercurial", [texts("{ }", "null")], "any"),
  call("getFlake", [anyOf("int", texts('"a b"', '"github:a/b"', '"a"'))], "any"),
  call("parseFlakeRef", [anyOf("list", texts('"a b"', '"github:a/b"', '"git+https://a/b?ref=c"'))], "any"),
  call("flakeRefToString", ["set"], "any"),
  call("outputOf", [dependent, anyOf(texts('"out"', '"dev"'), "string")], "string"),
];

/** Reachable without `builtins.`; all others also as `__name`. */
export const globalBuiltins: ReadonlySet<string> = new Set([
  ...["abort", "baseNameOf", "break", "derivation", "derivationStrict", "dirOf", "fetchGit", "fetchMercurial"],
  ...["fetchTarball", "fromTOML", "import", "isNull", "map", "placeholder", "removeAttrs", "scopedImport", "throw"],
  "toString",
]);
