// Names that are special to JavaScript, to Nix, to printers or to sorting, wherever a program can have a name.
import { bytesFromText } from "../../../src/source/bytes.ts";
import { type HostileCase, literal } from "./hostile-case.ts";

const identifiers = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "valueOf",
  "__defineGetter__",
  "length",
  "arguments",
  "then",
  "undefined",
  "NaN",
  "or",
  "a'b",
  "_",
  "__functor",
  "__toString",
  "outPath",
  "type",
  "_type",
  "__overrides",
  "body",
  "n".repeat(3000),
];
const others = [
  "",
  "0",
  "-1",
  "1e3",
  "a b",
  "a.b",
  "${",
  "$",
  '"',
  "\\",
  "\n",
  "\t",
  "\x1b[1m",
  "if",
  "rec",
  bytesFromText("é"),
  bytesFromText("～"),
  bytesFromText("😀"),
  "\xff",
];

/** `n` is a name that can be written bare, or a literal with any text; `s` is a string literal with the name. */
const everywhere: Readonly<Record<string, (n: string, s: string) => string>> = {
  "as attribute": (n) => `{ ${n} = 1; }`,
  "as recursive attribute": (n) => `rec { ${n} = 1; b = { inherit ${n}; }; }`,
  selected: (n) => `{ ${n} = 1; }.${n}`,
  missing: (n) => `{ other = 1; }.${n}`,
  "nearly there": (n, s) => `{ \${${s} + "s"} = 1; }.${n}`,
  "missing with default": (n) => `{ }.${n} or 2`,
  "asked for": (n) => `[ ({ } ? ${n}) ({ ${n} = 1; } ? ${n}) ({ ${n}.a = 1; } ? ${n}.a) ]`,
  "defined twice": (n) => `{ ${n} = 1; ${n} = 2; }`,
  nested: (n) => `{ ${n}.${n}.${n} = 1; ${n}.${n}.b = 2; }`,
  "in a let": (n) => `let ${n} = 1; in { inherit ${n}; }`,
  "inherited from": (n) => `{ inherit ({ ${n} = 1; }) ${n}; }`,
  "inherited from without": (n) => `{ inherit ({ }) ${n}; }`,
  "inherited undefined": (n) => `{ inherit ${n}; }`,
  dynamic: (_, s) => `let k = ${s}; in { \${k} = 1; }.\${k}`,
  "dynamic twice": (n, s) => `let k = ${s}; in { \${k} = 1; ${n} = 2; }`,
  listToAttrs: (_, s) => `builtins.listToAttrs [ { name = ${s}; value = 1; } { name = ${s}; value = 2; } ]`,
  getAttr: (_, s) => `builtins.getAttr ${s} { }`,
  hasAttr: (n, s) => `[ (builtins.hasAttr ${s} { }) (builtins.hasAttr ${s} { ${n} = 1; }) ]`,
  removeAttrs: (n, s) => `removeAttrs { ${n} = 1; a = 2; } [ ${s} ]`,
  intersectAttrs: (n) =>
    `[ (builtins.intersectAttrs { ${n} = 1; } { }) (builtins.intersectAttrs { ${n} = 1; } { ${n} = 2; }) ]`,
  mapAttrs: (n) => `builtins.mapAttrs (n: v: [ n v ]) { ${n} = 1; }`,
  groupBy: (_, s) => `builtins.groupBy (x: x) [ ${s} "a" ${s} ]`,
  zipAttrsWith: (n) => `builtins.zipAttrsWith (n: vs: { inherit n vs; }) [ { ${n} = 1; } { ${n} = 2; } { } ]`,
  catAttrs: (n, s) => `builtins.catAttrs ${s} [ { ${n} = 1; } { } ]`,
  sorted: (n) =>
    `builtins.attrNames { ${n} = 1; a = 1; Z = 1; "~" = 1; "\x7f" = 1; "\xef\xbd\x9e" = 1; "10" = 1; "9" = 1; }`,
  updated: (n) => `{ ${n} = 1; } // { ${n} = 2; }`,
  compared: (n) => `[ ({ ${n} = 1; } == { ${n} = 1; }) ({ ${n} = 1; } == { }) ]`,
  asserted: (n) => `assert { ${n} = 1; } == { ${n} = 2; }; 1`,
  "to JSON": (n) => `builtins.toJSON { ${n} = { ${n} = 1; }; }`,
  "from JSON": (_, s) =>
    `builtins.fromJSON (builtins.toJSON (builtins.listToAttrs [ { name = ${s}; value.\${${s}} = 1; } ]))`,
  "from TOML": (_, s) => `fromTOML (builtins.toJSON ${s} + " = 1")`,
  "to XML": (n) => `builtins.toXML { ${n} = { ${n} = 1; }; }`,
  position: (n, s) => `(builtins.unsafeGetAttrPos ${s} { ${n} = 1; }).column`,
  "derivation attribute": (n) => `(derivation { name = "d"; system = "s"; builder = "b"; ${n} = "x"; }).drvPath`,
  "structured derivation attribute": (n) =>
    `(derivation { name = "d"; system = "s"; builder = "b"; __structuredAttrs = true; ${n} = "x"; }).drvPath`,
  "derivation output": (_, s) =>
    `(derivation { name = "d"; system = "s"; builder = "b"; outputs = [ "out" ${s} ]; }).all`,
  "derivation name": (_, s) => `(derivation { name = ${s}; system = "s"; builder = "b"; }).outPath`,
  environment: (_, s) => `builtins.getEnv ${s}`,
  "file name": (_, s) => `builtins.toFile ${s} "x"`,
  placeholder: (_, s) => `placeholder ${s}`,
  path: (_, s) => `builtins.pathExists (./tree + "/" + ${s})`,
  thrown: (_, s) => `throw ${s}`,
  traced: (_, s) => `builtins.trace ${s} 1`,
  warned: (_, s) => `builtins.warn ${s} 1`,
  "error context": (_, s) => `builtins.addErrorContext ${s} (throw "t")`,
  "regular expression": (_, s) => `builtins.match ${s} ${s}`,
  replaced: (_, s) => `builtins.replaceStrings [ ${s} ] [ "<>" ] ("x" + ${s} + "y")`,
  "search path": (_, s) => `builtins.findFile [ { prefix = ${s}; path = ./tree; } ] ${s}`,
  "in an error": (n) => `1 + { ${n} = 1; }`,
  "in a nested error": (n) => `{ ${n} = throw "t"; }`,
  genericClosure: (_, s) =>
    `builtins.genericClosure { startSet = [ { key = ${s}; } ]; operator = x: [ { key = ${s}; } ]; }`,
  "unexpected argument": (n) => `({ a ? 1 }: a) { ${n} = 1; }`,
};

/** Only for names that can be written bare. */
const bare: Readonly<Record<string, (n: string) => string>> = {
  variable: (n) => n,
  parameter: (n) => `(${n}: ${n}) 1`,
  formal: (n) => `({ ${n} }: ${n}) { ${n} = 1; }`,
  "formal with default": (n) => `({ ${n} ? 2 }: ${n}) { }`,
  "missing argument": (n) => `({ ${n} }: ${n}) { }`,
  "formal twice": (n) => `({ ${n}, ${n} }: 1) { }`,
  "whole argument": (n) => `({ a ? 1 }@${n}: ${n}) { }`,
  "whole argument that is a formal": (n) => `({ ${n} }@${n}: ${n}) { }`,
  "function arguments": (n) => `builtins.functionArgs ({ ${n}, a ? 1 }: 1)`,
  with: (n) => `with { ${n} = 1; }; ${n}`,
  "with nothing": (n) => `with { }; ${n}`,
  "function name": (n) => `let ${n} = x: throw "t"; in ${n} 1`,
  recursive: (n) => `let ${n} = ${n}; in ${n}`,
  "angle brackets": (n) => `<${n}/a>`,
  "path literal": (n) => `./${n}`,
  "printed function": (n) => `1 + (${n}: 1)`,
  "XML function": (n) => `builtins.toXML ({ ${n}, b ? 1, ... }@x: 1)`,
};

export function* nameCases(): Iterable<HostileCase> {
  for (const name of [...identifiers, ...others]) {
    const shown = name.length > 100 ? `${name[0]} × ${name.length}` : JSON.stringify(name);
    const string = literal(name);
    const isBare = identifiers.includes(name);
    for (const [place, text] of Object.entries(everywhere)) {
      yield { name: `${place}: ${shown}`, text: text(isBare ? name : string, string) };
    }
    if (!isBare) continue;
    for (const [place, text] of Object.entries(bare)) yield { name: `${place}: ${shown}`, text: text(name) };
  }
}
