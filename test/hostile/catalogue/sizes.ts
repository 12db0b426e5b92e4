// Values that are very large, and arguments that ask for more than there is.
import { type HostileCase, plain } from "./hostile-case.ts";

const sized: Readonly<Record<string, (size: number) => string>> = {
  "length of a list": (n) => `builtins.length (builtins.genList (i: i) ${n})`,
  "last of a list": (n) => `builtins.elemAt (builtins.genList (i: i) ${n}) ${n - 1}`,
  "sum of a list": (n) => `builtins.foldl' builtins.add 0 (builtins.genList (i: i) ${n})`,
  "map of a list": (n) => `builtins.length (map (x: x) (builtins.genList (i: i) ${n}))`,
  "filter of a list": (n) => `builtins.length (builtins.filter (x: x > 5) (builtins.genList (i: i) ${n}))`,
  concatenation: (n) => `let l = builtins.genList (i: i) ${n}; in builtins.length (l ++ l ++ l)`,
  sort: (n) => `builtins.head (builtins.sort (a: b: a > b) (builtins.genList (i: i) ${n}))`,
  "sorted numbers": (n) => `builtins.head (builtins.sort builtins.lessThan (builtins.genList (i: ${n} - i) ${n}))`,
  listToAttrs: (n) =>
    `builtins.length (builtins.attrNames (builtins.listToAttrs (builtins.genList (i: { name = toString i; value = i; }) ${n})))`,
  groupBy: (n) => `builtins.length (builtins.attrNames (builtins.groupBy toString (builtins.genList (i: i) ${n})))`,
  "JSON of a list": (n) => `builtins.hashString "md5" (builtins.toJSON (builtins.genList (i: i) ${n}))`,
  "XML of a list": (n) => `builtins.hashString "md5" (builtins.toXML (builtins.genList (i: i) ${n}))`,
  "JSON of a string": (n) =>
    `builtins.stringLength (builtins.toJSON (builtins.concatStringsSep "" (builtins.genList (i: "\\n") ${n})))`,
  "from JSON": (n) =>
    `builtins.length (builtins.fromJSON ("[" + builtins.concatStringsSep "," (builtins.genList toString ${n}) + "]"))`,
  "text of a list": (n) => `builtins.stringLength (toString (builtins.genList (i: i) ${n}))`,
  joined: (n) => `builtins.stringLength (builtins.concatStringsSep "," (builtins.genList (i: "a") ${n}))`,
  replaced: (n) =>
    `builtins.stringLength (builtins.replaceStrings [ "a" ] [ "bc" ] (builtins.concatStringsSep "" (builtins.genList (i: "a") ${n})))`,
  "replaced nothing": (n) =>
    `builtins.stringLength (builtins.replaceStrings [ "" ] [ "-" ] (builtins.concatStringsSep "" (builtins.genList (i: "a") ${n})))`,
  split: (n) => `builtins.length (builtins.split "," (builtins.concatStringsSep "," (builtins.genList (i: "a") ${n})))`,
  "split between": (n) =>
    `builtins.length (builtins.split "" (builtins.concatStringsSep "" (builtins.genList (i: "a") ${n})))`,
  hash: (n) => `builtins.hashString "sha256" (builtins.concatStringsSep "" (builtins.genList (i: "abcdefgh") ${n}))`,
  updates: (n) =>
    `builtins.length (builtins.attrNames (builtins.foldl' (a: i: a // { a = i; }) { } (builtins.genList (i: i) ${n})))`,
  genericClosure: (n) =>
    `builtins.length (builtins.genericClosure { startSet = [ { key = 0; } ]; operator = x: if x.key < ${n} then [ { key = x.key + 1; } ] else [ ]; })`,
  elem: (n) => `builtins.elem (-1) (builtins.genList (i: i) ${n})`,
  equality: (n) => `let l = n: builtins.genList (i: [ i ]) n; in l ${n} == l ${n}`,
  order: (n) => `let l = n: builtins.genList (i: i) n; in l ${n} < l ${n}`,
  deepSeq: (n) => `builtins.deepSeq (builtins.genList (i: { a = [ i ]; }) ${n}) 1`,
  concatLists: (n) => `builtins.length (builtins.concatLists (builtins.genList (i: [ i i ]) ${n}))`,
  concatMap: (n) => `builtins.length (builtins.concatMap (i: [ i i ]) (builtins.genList (i: i) ${n}))`,
  tails: (n) =>
    `let f = l: if builtins.length l < ${n} - 100 then 1 else f (builtins.tail l); in f (builtins.genList (i: i) ${n})`,
  splitVersion: (n) =>
    `builtins.length (builtins.splitVersion (builtins.concatStringsSep "." (builtins.genList toString ${n})))`,
  mapAttrs: (n) =>
    `builtins.length (builtins.attrValues (builtins.mapAttrs (k: v: v) (builtins.listToAttrs (builtins.genList (i: { name = "a\${toString i}"; value = i; }) ${n}))))`,
  zipAttrsWith: (n) => `builtins.length (builtins.zipAttrsWith (k: vs: vs) (builtins.genList (i: { a = i; }) ${n})).a`,
  catAttrs: (n) => `builtins.length (builtins.catAttrs "a" (builtins.genList (i: { a = i; }) ${n}))`,
  removeAttrs: (n) =>
    `removeAttrs (builtins.listToAttrs (builtins.genList (i: { name = "a\${toString i}"; value = i; }) ${n})) (builtins.genList (i: "a\${toString i}") ${n})`,
  match: (n) => `builtins.match "(a|b)*c?" (builtins.concatStringsSep "" (builtins.genList (i: "ab") ${n})) != null`,
  "printed list": (n) => `builtins.genList (i: i) ${n}`,
  "printed set": (n) => `builtins.listToAttrs (builtins.genList (i: { name = "a\${toString i}"; value = i; }) ${n})`,
  "printed string": (n) => `builtins.concatStringsSep "" (builtins.genList (i: "\\n\${toString i}") ${n})`,
  "list in an error": (n) => `1 + builtins.genList (i: i) ${n}`,
  "set in an error": (n) =>
    `1 + builtins.listToAttrs (builtins.genList (i: { name = "a\${toString i}"; value = i; }) ${n})`,
  "string in an error": (n) => `1 + { a = builtins.concatStringsSep "" (builtins.genList (i: "a") ${n}); }`,
  "string in a forced error": (n) =>
    `let x = { a = builtins.concatStringsSep "" (builtins.genList (i: "a") ${n}); }; in builtins.deepSeq x (1 + x)`,
  "thrown string": (n) => `throw (builtins.concatStringsSep "" (builtins.genList (i: "a") ${n}))`,
  "thrown lines": (n) => `throw (builtins.concatStringsSep "" (builtins.genList (i: "a\\n") ${n}))`,
  "traced lines": (n) => `builtins.trace (builtins.concatStringsSep "" (builtins.genList (i: "a\\n") ${n})) 1`,
  "missing among many": (n) =>
    `(builtins.listToAttrs (builtins.genList (i: { name = "a\${toString i}"; value = i; }) ${n})).b1`,
  traces: (n) => `builtins.genList (i: if i < ${n} - 1 then builtins.trace "x" i else throw "end") ${n}`,
};

const beyond = [
  "builtins.genList (i: i) 9223372036854775807",
  "builtins.genList (i: i) 1152921504606846976",
  "builtins.genList (i: i) 1000000000000",
  "builtins.length (builtins.genList (i: i) 4294967296000)",
  'builtins.substring 9223372036854775807 9223372036854775807 "a"',
  'builtins.substring 0 9223372036854775807 "a"',
  'builtins.substring 1 9223372036854775807 "a"',
  'builtins.substring (-9223372036854775807 - 1) 1 "a"',
  'builtins.substring 0 (-9223372036854775807 - 1) "a"',
  "let l = builtins.genList (i: l) 10; d = l ++ l ++ l; in builtins.length d",
  'let double = s: n: if n == 0 then s else double (s + s) (n - 1); in builtins.stringLength (double "a" 20)',
  'let double = s: n: if n == 0 then s else double "${s}${s}" (n - 1); in builtins.hashString "md5" (double "a" 20)',
  "let double = l: n: if n == 0 then l else double (l ++ l) (n - 1); in builtins.length (double [ 1 ] 20)",
  "let double = l: n: if n == 0 then l else double [ l l ] (n - 1); in builtins.length (double 1 40)",
  "let double = l: n: if n == 0 then l else double [ l l ] (n - 1); in double 1 15 == double 1 15",
  "let double = l: n: if n == 0 then l else double { a = l; b = l; } (n - 1); in (double 1 40).a.b ? a",
  "let double = l: n: if n == 0 then l else double { a = l; b = l; } (n - 1); in builtins.deepSeq (double 1 40) 1",
  "let double = l: n: if n == 0 then l else double { a = l; b = l; } (n - 1); in double 1 30",
  "let double = l: n: if n == 0 then l else double [ l l ] (n - 1); in 1 + double 1 40",
  "let double = l: n: if n == 0 then l else double [ l l ] (n - 1); in builtins.stringLength (builtins.toJSON (double 1 16))",
];

export function* sizeCases(): Iterable<HostileCase> {
  for (const [name, text] of Object.entries(sized)) {
    for (const size of [10, 20_000]) yield { name: `${name} × ${size}`, text: text(size) };
  }
  for (const text of beyond) yield plain(text);
}
