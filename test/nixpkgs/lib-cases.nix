# Calls of lib functions, by topic and function. `lib-cases.json` holds what nixpkgs' own lib makes of each; the test
# wants the same of the embedded one. A call that throws counts as "throws": messages are not compared.
{ lib }:
let
  package =
    name: more:
    {
      type = "derivation";
      inherit name;
      outPath = "/nix/store/00000000000000000000000000000000-${name}";
    }
    // more;
  outputs = package "tool-1.2" {
    pname = "tool";
    version = "1.2";
    meta.mainProgram = "tl";
    out = package "tool-1.2" { };
    bin = package "tool-1.2-bin" { };
    dev = package "tool-1.2-dev" { };
    lib = package "tool-1.2-lib" { };
  };
  plain = package "plain-3.4" { };
  drv = derivation {
    name = "real";
    system = "x86_64-linux";
    builder = "/bin/sh";
    outputs = [
      "out"
      "dev"
    ];
  };
  contextual = "${drv}/bin/x";
  contexts = text: builtins.attrNames (builtins.getContext text);
  tree = {
    a = {
      b = 1;
      c = {
        d = 2;
        e = [ 3 ];
      };
    };
    f = 4;
  };
  people = [
    {
      name = "b";
      age = 2;
    }
    {
      name = "a";
      age = 2;
    }
    {
      name = "c";
      age = 1;
    }
  ];
in
{
  trivial = {
    id = [ (lib.id 3) ];
    const = [ (lib.const 1 (throw "unused")) ];
    pipe = [
      (lib.pipe 2 [
        (n: n + 2)
        (n: n * 2)
      ])
      (lib.pipe 7 [ ])
    ];
    flip = [ (lib.flip (a: b: a - b) 1 10) ];
    concat = [ (lib.concat [ 1 ] [ 2 ]) ];
    mergeAttrs = [ (lib.mergeAttrs { a = 1; } { a = 2; }) ];
    "or" = [
      (lib.or false true)
      (lib.or true (throw "lazy"))
    ];
    and = [ (lib.and true false) ];
    xor = [
      (lib.xor true true)
      (lib.xor false true)
    ];
    bits = [
      (lib.bitNot 5)
      (lib.bitAnd 12 10)
      (lib.bitOr 12 10)
      (lib.bitXor 12 10)
    ];
    boolToString = [
      (lib.boolToString true)
      (lib.boolToString false)
      (lib.boolToYesNo true)
      (lib.boolToYesNo false)
    ];
    defaultTo = [
      (lib.defaultTo 1 null)
      (lib.defaultTo (throw "lazy") false)
    ];
    mapNullable = [
      (lib.mapNullable (n: n + 1) null)
      (lib.mapNullable (n: n + 1) 1)
    ];
    min = [
      (lib.min 1 2)
      (lib.min "b" "a")
    ];
    max = [
      (lib.max 1 2)
      (lib.max 1.5 1)
    ];
    mod = [
      (lib.mod 7 3)
      (lib.mod (-7) 3)
      (lib.mod 7 (-3))
    ];
    compare = [
      (lib.compare 1 2)
      (lib.compare "b" "a")
      (lib.compare 1 1)
    ];
    splitByAndCompare =
      let
        order = lib.splitByAndCompare (lib.hasPrefix "foo") lib.compare (lib.flip lib.compare);
      in
      [
        (order "a" "z")
        (order "fooa" "fooz")
        (order "f" "fooz")
        (order "fooa" "a")
      ];
    importJSON = [ (lib.importJSON ./files/data.json) ];
    importTOML = [ (lib.importTOML ./files/data.toml) ];
    throwIf = [
      (lib.throwIf false "no" 1)
      (lib.throwIf true "yes" 1)
      (lib.throwIfNot true "no" 1)
      (lib.throwIfNot false "yes" 1)
    ];
    warnIf = [
      (lib.warnIf false "quiet" 1)
      (lib.warnIfNot true "quiet" 2)
      (lib.warnIf false (throw "lazy") 3)
    ];
    showWarnings = [ (lib.showWarnings [ ] 5) ];
    checkListOfEnum = [
      (lib.checkListOfEnum "x" [ "a" "b" ] [ "a" ] "fine")
      (lib.checkListOfEnum "x" [ "a" "b" ] [ "c" ] "fine")
    ];
    functionArgs = [
      (lib.functionArgs ({ a, b ? 1 }: a))
      (lib.functionArgs (lib.setFunctionArgs (x: x) { a = true; }))
      (lib.functionArgs { __functor = _: { c }: c; })
      (lib.functionArgs (x: x))
    ];
    setFunctionArgs = [ (lib.setFunctionArgs (x: x.a) { a = false; } { a = 4; }) ];
    isFunction = [
      (lib.isFunction (x: x))
      (lib.isFunction { __functor = _: x: x; })
      (lib.isFunction { __functor = _: 1; })
      (lib.isFunction { })
      (lib.isFunction 1)
    ];
    mirrorFunctionArgs = [
      (lib.functionArgs (lib.mirrorFunctionArgs ({ a, b ? 2 }: a) (x: x)))
      (lib.mirrorFunctionArgs ({ a }: a) (x: x.a + 1) { a = 1; })
    ];
    toFunction = [
      (lib.toFunction 1 2)
      (lib.toFunction (x: x + 1) 2)
    ];
    toHexString = [
      (lib.toHexString 0)
      (lib.toHexString 250)
      (lib.toHexString 4096)
      (lib.toHexString (-1))
    ];
    fromHexString = [
      (lib.fromHexString "FF")
      (lib.fromHexString "0x7fFFFFFFFFFFFFFF")
      (lib.fromHexString "0")
    ];
    toBaseDigits = [
      (lib.toBaseDigits 2 6)
      (lib.toBaseDigits 10 1234)
      (lib.toBaseDigits 2 0)
      (lib.toBaseDigits 1 1)
    ];
    numbers = [
      (lib.ceil 1.2)
      (lib.floor 1.8)
      (lib.add 1 2)
      (lib.sub 5 2)
      (lib.mul 2 3)
      (lib.div 7 2)
      (lib.lessThan 1 2)
    ];
    version = [
      (lib.versionAtLeast lib.version "23.05")
      (lib.oldestSupportedReleaseIsAtLeast 2405)
      lib.inPureEvalMode
    ];
  };

  fixedPoints = {
    fix = [
      (lib.fix (self: {
        a = 1;
        b = self.a + 1;
      }))
    ];
    fix' = [ ((lib.fix' (self: { a = 1; })).__unfix__ { }) ];
    converge = [ (lib.converge (n: n / 2) 100) ];
    extends = [
      (lib.fix (
        lib.extends (final: previous: { a = previous.a + 10; }) (self: {
          a = 1;
          b = self.a;
        })
      ))
    ];
    composeExtensions = [
      (lib.fix (
        lib.extends
          (lib.composeExtensions (f: p: { a = p.a + "x"; }) (f: p: {
            a = p.a + "y";
            c = f.b;
          }))
          (self: {
            a = "a";
            b = self.a;
          })
      ))
    ];
    composeManyExtensions = [
      (lib.fix (
        lib.extends (lib.composeManyExtensions [
          (f: p: { a = p.a + "1"; })
          (f: p: { a = p.a + "2"; })
          (f: p: { a = p.a + "3"; })
        ]) (self: { a = ""; })
      ))
      (lib.composeManyExtensions [ ] { } { a = 1; })
    ];
    makeExtensible =
      let
        base = lib.makeExtensible (self: {
          a = 1;
          b = self.a;
        });
        more = base.extend (final: previous: { a = previous.a + 1; });
      in
      [
        (builtins.attrNames base)
        more.b
        (more.extend (final: previous: { c = final.a * 10; })).c
        (builtins.attrNames (lib.makeExtensibleWithCustomName "override" (self: { })))
      ];
    toExtension = [
      (lib.toExtension { a = 1; } { } { })
      (lib.toExtension (p: { a = p.z; }) { } { z = 2; })
      (lib.toExtension (f: p: { a = f.y + p.z; }) { y = 1; } { z = 2; })
    ];
  };

  attrsets = {
    attrByPath = [
      (lib.attrByPath [ "a" "c" "d" ] null tree)
      (lib.attrByPath [ "a" "x" ] "default" tree)
      (lib.attrByPath [ "f" "x" ] "default" tree)
      (lib.attrByPath [ ] null 5)
    ];
    hasAttrByPath = [
      (lib.hasAttrByPath [ "a" "c" ] tree)
      (lib.hasAttrByPath [ "a" "x" ] tree)
      (lib.hasAttrByPath [ "f" "x" ] tree)
      (lib.hasAttrByPath [ ] tree)
      (lib.hasAttrByPath [ "a" ] { a = throw "lazy"; })
    ];
    longestValidPathPrefix = [
      (lib.attrsets.longestValidPathPrefix [ "a" "c" "x" ] tree)
      (lib.attrsets.longestValidPathPrefix [ "z" ] tree)
      (lib.attrsets.longestValidPathPrefix [ "a" "b" ] tree)
    ];
    setAttrByPath = [
      (lib.setAttrByPath [ "a" "b" ] 1)
      (lib.setAttrByPath [ ] 1)
    ];
    getAttrFromPath = [ (lib.getAttrFromPath [ "a" "b" ] tree) ];
    concatMapAttrs = [
      (lib.concatMapAttrs
        (name: value: {
          ${name} = value;
          "${name}${value}" = value;
        })
        {
          x = "a";
          y = "b";
        }
      )
    ];
    updateManyAttrsByPath = [
      (lib.updateManyAttrsByPath [
        {
          path = [ "a" "b" ];
          update = n: n + 1;
        }
        {
          path = [ "a" ];
          update = set: set // { new = set.b; };
        }
        {
          path = [ "x" "y" ];
          update = _: "made";
        }
      ] tree)
      (lib.updateManyAttrsByPath [
        {
          path = [ ];
          update = set: set.a.b;
        }
      ] tree)
      (lib.updateManyAttrsByPath [
        {
          path = [ "no" ];
          update = n: n;
        }
      ] tree)
      (lib.updateManyAttrsByPath [
        {
          path = [ "f" "g" ];
          update = n: 1;
        }
      ] tree)
    ];
    attrVals = [ (lib.attrVals [ "f" "f" ] tree) ];
    getAttrs = [ (lib.getAttrs [ "f" ] tree) ];
    catAttrs = [ (lib.catAttrs "a" [ { a = 1; } { b = 2; } { a = 3; } ]) ];
    filterAttrs = [
      (lib.filterAttrs (name: value: name != "a") tree)
      (lib.filterAttrs (name: value: value == 4) tree)
      (builtins.attrNames (lib.filterAttrs (name: _: name == "a") { a = throw "lazy"; b = throw "lazy"; }))
    ];
    filterAttrsRecursive = [ (lib.filterAttrsRecursive (name: value: name != "d") tree) ];
    foldlAttrs = [
      (lib.foldlAttrs (result: name: value: result ++ [ name value ]) [ ] { b = 2; a = 1; })
    ];
    foldAttrs = [
      (lib.foldAttrs (value: result: [ value ] ++ result) [ ] [
        {
          a = 2;
          b = 7;
        }
        { a = 3; }
        { b = 6; }
      ])
    ];
    collect = [
      (lib.collect builtins.isList {
        a.b = [ "b" ];
        c = [ 1 ];
        d = 2;
      })
      (lib.collect (value: value ? outPath) { x.outPath = "o"; })
    ];
    cartesianProduct = [
      (lib.cartesianProduct {
        a = [ 1 2 ];
        b = [ 10 20 ];
      })
      (lib.cartesianProduct { })
      (lib.mapCartesianProduct ({ a, b }: a + b) {
        a = [ 1 2 ];
        b = [ 10 20 ];
      })
    ];
    mapAttrs' = [ (lib.mapAttrs' (name: value: lib.nameValuePair "x${name}" (value + 1)) { a = 1; b = 2; }) ];
    mapAttrsToList = [ (lib.mapAttrsToList (name: value: "${name}=${toString value}") { b = 2; a = 1; }) ];
    attrsToList = [ (lib.attrsToList { b = 2; a = 1; }) ];
    mapAttrsRecursive = [
      (lib.mapAttrsRecursive (path: value: lib.concatStringsSep "-" (path ++ [ (toString value) ])) {
        n.a = "A";
        m = "M";
      })
      (lib.mapAttrsRecursiveCond (set: !(set ? stop)) (path: value: path) {
        a = {
          stop = 1;
        };
        b.c = 2;
      })
      (lib.mapAttrsToListRecursive (path: value: path ++ [ value ]) {
        a.b = 1;
        c = 2;
      })
      (lib.mapAttrsToListRecursiveCond (path: set: !(set ? stop)) (path: value: path) {
        a.stop = 1;
        b.c = 2;
      })
    ];
    genAttrs = [
      (lib.genAttrs [ "a" "b" ] (name: "x_" + name))
      (lib.genAttrs' [ 1 2 ] (n: lib.nameValuePair "n${toString n}" n))
    ];
    isDerivation = [
      (lib.isDerivation drv)
      (lib.isDerivation { type = "other"; })
      (lib.isDerivation 1)
      (lib.isDerivation { })
    ];
    optionalAttrs = [
      (lib.optionalAttrs true { a = 1; })
      (lib.optionalAttrs false (throw "lazy"))
    ];
    zipAttrs = [
      (lib.zipAttrs [ { a = 1; } { a = 2; b = 3; } ])
      (lib.zipAttrsWith (name: values: { inherit name values; }) [ { a = 1; } { a = 2; b = 3; } ])
      (lib.zipAttrsWithNames [ "a" ] (name: values: values) [ { a = 1; } { a = 2; b = 3; } ])
    ];
    recursiveUpdate = [
      (lib.recursiveUpdate tree {
        a.c.d = 20;
        a.c.z = 1;
        f.g = 1;
      })
      (lib.recursiveUpdate { a = 1; } { a = null; })
      (builtins.attrNames (lib.recursiveUpdate { a = throw "lazy"; } { b = throw "lazy"; }))
    ];
    recursiveUpdateUntil = [
      (lib.recursiveUpdateUntil (path: left: right: path == [ "foo" ])
        {
          foo.bar = 1;
          foo.baz = 2;
          bar = 3;
          deep.one = 1;
        }
        {
          foo.bar = 1;
          foo.quz = 2;
          baz = 4;
          deep.two = 2;
        }
      )
    ];
    matchAttrs = [
      (lib.matchAttrs { cpu = { bits = 64; }; } {
        cpu = {
          bits = 64;
          family = "x";
        };
      })
      (lib.matchAttrs { cpu.bits = 32; } { cpu.bits = 64; })
      (lib.matchAttrs { a = 1; } { })
      (lib.matchAttrs { a.b = 1; } { a = 1; })
      (lib.matchAttrs { } { a = 1; })
    ];
    mergeAttrsList = [
      (lib.mergeAttrsList [ ])
      (lib.mergeAttrsList [ { a = 1; } { b = 2; } { a = 3; } { c = 4; } { b = 5; } ])
    ];
    overrideExisting = [ (lib.overrideExisting { a = 1; b = 2; } { b = 3; c = 4; }) ];
    showAttrPath = [
      (lib.showAttrPath [ "foo" "10" "bar" ])
      (lib.showAttrPath [ ])
    ];
    getOutput = [
      (lib.getOutput "dev" outputs).name
      (lib.getOutput "man" outputs).name
      (lib.getOutput "dev" plain).name
      (lib.getBin outputs).name
      (lib.getLib outputs).name
      (lib.getDev (outputs // { outputSpecified = true; })).name
      (lib.getFirstOutput [ "static" "lib" "out" ] outputs).name
      (lib.getFirstOutput [ "static" ] outputs).name
      (lib.getStatic outputs).name
      (lib.getInclude outputs).name
      (lib.getMan outputs).name
      (map (p: p.name) (lib.chooseDevOutputs [ outputs plain ]))
    ];
    recurseIntoAttrs = [
      (lib.recurseIntoAttrs { a = 1; })
      (lib.dontRecurseIntoAttrs { a = 1; })
    ];
    unionOfDisjoint = [
      (lib.attrsets.unionOfDisjoint { a = 1; } { b = 2; })
      (lib.attrsets.unionOfDisjoint { a = 1; } { a = 2; }).a
      (lib.attrsets.unionOfDisjoint { a = 1; c = 3; } { a = 2; }).c
    ];
  };

  lists = {
    singleton = [ (lib.singleton 1) ];
    forEach = [ (lib.forEach [ 1 2 ] (n: n + 1)) ];
    foldr = [
      (lib.foldr (a: b: a + b) "z" [ "a" "b" ])
      (lib.foldr (a: b: a) 0 [ 1 (throw "lazy") ])
      (lib.foldr (a: b: a + b) "z" [ ])
    ];
    foldl = [
      (lib.foldl (a: b: a + b) "z" [ "a" "b" ])
      (lib.foldl (a: b: b) (throw "lazy") [ 1 ])
      (lib.foldl' (a: b: a + b) 0 [ 1 2 3 ])
      (lib.foldl' (a: b: b) (throw "strict") [ 1 ])
    ];
    imap = [
      (lib.imap0 (index: value: "${value}-${toString index}") [ "a" "b" ])
      (lib.imap1 (index: value: "${value}-${toString index}") [ "a" "b" ])
      (lib.ifilter0 (index: value: index == 0 || value > 2) [ 1 2 3 ])
      (lib.imap (index: value: index) [ "a" ])
    ];
    flatten = [
      (lib.flatten [ 1 [ 2 [ 3 ] 4 ] 5 ])
      (lib.flatten 1)
      (lib.flatten [ [ ] ])
    ];
    remove = [ (lib.remove 3 [ 1 3 4 3 ]) ];
    find = [
      (lib.findSingle (n: n == 3) "none" "multiple" [ 1 3 3 ])
      (lib.findSingle (n: n == 3) "none" "multiple" [ 1 3 ])
      (lib.findSingle (n: n == 3) "none" "multiple" [ 1 9 ])
      (lib.findFirst (n: n > 3) 7 [ 1 6 4 ])
      (lib.findFirst (n: n > 9) 7 [ 1 6 4 ])
      (lib.findFirst (n: n > 3) 7 [ 4 (throw "lazy") ])
      (lib.lists.findFirstIndex (n: n > 3) null [ 0 6 4 ])
      (lib.lists.findFirstIndex (n: n > 9) null [ 0 6 4 ])
    ];
    count = [ (lib.count (n: n == 3) [ 3 2 3 4 6 ]) ];
    anyAll = [
      (lib.any (n: n == 1) [ 2 1 ])
      (lib.all (n: n == 1) [ 2 1 ])
    ];
    optional = [
      (lib.optional true "a")
      (lib.optional false (throw "lazy"))
      (lib.optionals true [ 2 3 ])
      (lib.optionals false (throw "lazy"))
    ];
    toList = [
      (lib.toList [ 1 2 ])
      (lib.toList "hi")
    ];
    range = [
      (lib.range 2 4)
      (lib.range 3 2)
      (lib.replicate 3 "a")
    ];
    partition = [ (lib.partition (n: n > 2) [ 5 1 2 3 4 ]) ];
    groupBy = [
      (lib.groupBy (n: if n > 2 then "big" else "small") [ 5 1 2 3 4 ])
      (lib.groupBy' builtins.add 0 (n: lib.boolToString (n > 2)) [ 5 1 2 3 4 ])
    ];
    zipLists = [
      (lib.zipListsWith (a: b: a + b) [ "h" "l" "x" ] [ "e" "o" ])
      (lib.zipLists [ 1 2 ] [ "a" "b" ])
    ];
    reverseList = [ (lib.reverseList [ "b" "o" "j" ]) ];
    listDfs = [
      (lib.listDfs true lib.hasPrefix [ "/home/user" "other" "/" "/home" ])
      (lib.listDfs true (a: b: (a + 1) == b || (b == 1 && a == 3)) [ 1 2 3 ])
      (lib.listDfs false (a: b: false) [ 1 2 3 ])
    ];
    toposort = [
      (lib.toposort lib.hasPrefix [ "/home/user" "other" "/" "/home" ])
      (lib.toposort lib.hasPrefix [ "/home/user" "other" "/" "/home" "/" ])
      (lib.toposort (a: b: a < b) [ 3 2 1 ])
      (lib.toposort (a: b: false) [ 3 2 1 ])
      (lib.toposort (a: b: builtins.elem a (b.deps or [ ])) [ { deps = [ ]; } { x = 1; } ])
      (lib.toposort (a: b: (a == 1 && b == 2) || (a == 2 && b == 3) || (a == 3 && b == 1)) [ 4 1 2 3 5 ])
      (lib.toposort (a: b: a < b) [ 1 ])
      (lib.toposort (a: b: lib.mod b a == 0 && a != b) [ 12 4 7 6 2 3 14 ])
    ];
    sort = [
      (lib.sort (a: b: a < b) [ 5 3 7 ])
      (lib.sortOn (p: p.age) people)
      (lib.sortOn (p: p.name) people)
      (lib.sort (a: b: a.age < b.age) people)
    ];
    compareLists = [
      (lib.compareLists lib.compare [ ] [ ])
      (lib.compareLists lib.compare [ ] [ "a" ])
      (lib.compareLists lib.compare [ "a" "b" ] [ "a" "c" ])
      (lib.compareLists lib.compare [ 2 ] [ 1 9 ])
    ];
    naturalSort = [
      (lib.naturalSort [ "disk11" "disk8" "disk100" "disk9" ])
      (lib.naturalSort [ "10.46.133.149" "10.5.16.62" "10.54.16.25" ])
      (lib.naturalSort [ "v0.2" "v0.15" "v0.0.9" ])
    ];
    take = [
      (lib.take 2 [ "a" "b" "c" ])
      (lib.take 9 [ "a" ])
      (lib.take 0 [ "a" ])
      (lib.takeEnd 2 [ "a" "b" "c" ])
      (lib.takeEnd 9 [ "a" ])
      (lib.drop 2 [ "a" "b" "c" ])
      (lib.drop 9 [ "a" ])
      (lib.dropEnd 2 [ "a" "b" "c" ])
      (lib.dropEnd 9 [ "a" ])
      (lib.sublist 1 3 [ "a" "b" "c" "d" "e" ])
      (lib.sublist 3 9 [ "a" "b" "c" "d" "e" ])
      (lib.sublist 9 1 [ "a" ])
    ];
    prefix = [
      (lib.lists.hasPrefix [ 1 2 ] [ 1 2 3 ])
      (lib.lists.hasPrefix [ 0 ] [ 1 2 3 ])
      (lib.lists.removePrefix [ 1 2 ] [ 1 2 3 ])
      (lib.lists.removePrefix [ 0 ] [ 1 2 3 ])
      (lib.lists.commonPrefix [ 1 2 3 ] [ 1 2 4 8 ])
      (lib.lists.commonPrefix [ 1 2 ] [ 1 2 4 8 ])
      (lib.lists.commonPrefix [ 1 ] [ 2 ])
    ];
    last = [
      (lib.last [ 1 2 3 ])
      (lib.last [ ])
      (lib.init [ 1 2 3 ])
      (lib.init [ ])
    ];
    unique = [
      (lib.unique [ 3 2 3 4 ])
      (lib.uniqueStrings [ "b" "a" "b" ])
      (lib.allUnique [ 3 2 3 4 ])
      (lib.allUnique [ 3 2 4 1 ])
      (lib.uniqList { inputList = [ 1 2 1 3 ]; acc = [ 3 ]; })
    ];
    sets = [
      (lib.intersectLists [ 1 2 3 ] [ 6 3 2 ])
      (lib.subtractLists [ 3 2 ] [ 1 2 3 4 5 3 ])
      (lib.mutuallyExclusive [ 1 ] [ 2 ])
      (lib.mutuallyExclusive [ 1 2 ] [ 2 ])
      (lib.mutuallyExclusive [ ] (throw "lazy"))
    ];
    crossLists = [ (lib.crossLists (a: b: "${toString a}${toString b}") [ [ 1 2 ] [ 3 4 ] ]) ];
    concatAttrValues = [ (lib.concatAttrValues { b = [ 2 ]; a = [ 1 ]; }) ];
    replaceElemAt = [
      (lib.replaceElemAt [ 1 2 3 ] 0 "a")
      (lib.replaceElemAt [ 1 2 3 ] 3 "a")
      (lib.replaceElemAt [ 1 ] (-1) "a")
    ];
  };

  strings = {
    concat = [
      (lib.concatStrings [ "foo" "bar" ])
      (lib.concatMapStrings (text: "a" + text) [ "x" "y" ])
      (lib.concatImapStrings (index: text: "${toString index}-${text}") [ "x" "y" ])
      (lib.concatStringsSep "/" [ "usr" "bin" ])
      (lib.concatMapStringsSep "-" lib.toUpper [ "foo" "bar" ])
      (lib.concatImapStringsSep "-" (index: text: toString (text / index)) [ 6 6 6 ])
      (lib.concatMapAttrsStringSep "\n" (name: value: "${name}: foo-${value}") { b = "2"; a = "1"; })
      (lib.concatLines [ "foo" "bar" ])
      (lib.concatLines [ ])
      (lib.intersperse "/" [ "usr" "local" "bin" ])
      (lib.intersperse "/" [ "usr" ])
      (lib.intersperse "/" [ ])
      (lib.join ", " [ "a" "b" ])
      (lib.strings.replicate 3 "ab")
    ];
    trim = [
      (lib.trim "   hello, world!   ")
      (lib.trim "\t\n  ")
      (lib.trim "")
      (lib.trim "a\nb ")
      (lib.trimWith { start = true; } "  a  ")
      (lib.trimWith { end = true; } "  a  ")
      (lib.trimWith { } "  a  ")
      (lib.trimWith { end = true; } "   ")
      (lib.trimWith { start = true; } "   ")
    ];
    searchPath = [
      (lib.makeSearchPath "bin" [ "/root" "/usr" null "/usr/local" ])
      (lib.makeSearchPath "bin" [ ])
      (lib.makeSearchPathOutput "dev" "include" [ outputs plain ])
      (lib.makeBinPath [ "/root" outputs plain ])
      (lib.makeLibraryPath [ outputs "/usr" ])
      (lib.makeIncludePath [ outputs ])
    ];
    normalizePath = [
      (lib.strings.normalizePath "/a//b///c/")
      (lib.strings.normalizePath "")
    ];
    optionalString = [
      (lib.optionalString true "x")
      (lib.optionalString false (throw "lazy"))
    ];
    affixes = [
      (lib.hasPrefix "foo" "foobar")
      (lib.hasPrefix "foo" "barfoo")
      (lib.hasPrefix "" "")
      (lib.hasSuffix "foo" "barfoo")
      (lib.hasSuffix "foo" "oo")
      (lib.hasSuffix "" "a")
      (lib.hasInfix "bc" "abcd")
      (lib.hasInfix "cd" "abc")
      (lib.hasInfix "" "abc")
      (lib.hasInfix "." "abc")
      (lib.hasInfix "\n" "a\nb")
      (lib.removePrefix "foo." "foo.bar.baz")
      (lib.removePrefix "xxx" "foo.bar.baz")
      (lib.removePrefix "" "a")
      (lib.removeSuffix "front" "homefront")
      (lib.removeSuffix "xxx" "homefront")
      (lib.removeSuffix "longer" "er")
    ];
    characters = [
      (lib.stringToCharacters "")
      (lib.stringToCharacters "abc")
      (lib.stringAsChars (c: if c == "a" then "i" else c) "nax")
      (lib.strings.charToInt "A")
      (lib.strings.charToInt "\n")
      (map lib.strings.charToInt [ " " "~" "\\" "\"" "$" "'" "0" "z" ])
      (lib.lowerChars == lib.stringToCharacters "abcdefghijklmnopqrstuvwxyz")
    ];
    escape = [
      (lib.escape [ "(" ")" ] "(foo)")
      (lib.strings.escapeC [ " " "\n" ] "hello\nbig world")
      (lib.escapeURL "https://example.com/foo bar?a=b&c=~d")
      (lib.escapeURL "ü/%\\")
      (lib.escapeShellArg "esc'ape\nme")
      (lib.escapeShellArg "plain-Text_1.2:@%/+,")
      (lib.escapeShellArg "")
      (lib.escapeShellArg 12)
      (lib.escapeShellArg "a=b")
      (lib.escapeShellArgs [ "one" "two three" "four'five" ])
      (lib.escapeRegex "[^a-z]*")
      (lib.escapeRegex "\\(){}.?+|$")
      (lib.escapeXML "\"test\" 'test' < & >")
      (lib.strings.escapeNixString "hello\${}\n \\ \"")
      (lib.strings.escapeNixIdentifier "hello")
      (lib.strings.escapeNixIdentifier "0abc")
      (lib.strings.escapeNixIdentifier "let")
      (lib.strings.escapeNixIdentifier "a-b'c_d")
      (lib.strings.escapeNixIdentifier "a$b")
      (lib.strings.escapeNixIdentifier "")
    ];
    shellVar = [
      (lib.toShellVar "foo" "bar baz")
      (lib.toShellVar "foo" [ "a" "b c" ])
      (lib.toShellVar "foo" {
        b = 2;
        "a x" = "1 1";
      })
      (lib.toShellVar "foo" { outPath = "/x"; })
      (lib.toShellVar "1foo" "")
      (lib.toShellVars {
        b = "x";
        a = [ 1 ];
      })
      (lib.isValidPosixName "foo_1")
      (lib.isValidPosixName "1")
    ];
    case = [
      (lib.toLower "HOME ß Ä")
      (lib.toUpper "home ß ä")
      (lib.toSentenceCase "hELLO World")
      (lib.toSentenceCase "")
      (lib.toSentenceCase 1)
      (lib.toCamelCase "hello-world")
      (lib.toCamelCase "Hello World_foo")
      (lib.toCamelCase "fooBarBaz")
      (lib.toCamelCase "FOOBar")
      (lib.toCamelCase "")
      (lib.toCamelCase { })
    ];
    split = [
      (lib.splitString "." "foo.bar.baz")
      (lib.splitString "/" "/usr/local/bin")
      (lib.splitString "." "")
      (lib.splitString "ab" "xabyabab")
      (lib.splitString "\n" "a\n\nb\n")
      (map contexts (lib.splitString "/" contextual) == map (_: contexts contextual) (lib.range 1 6))
      (lib.strings.splitStringBy (p: c: c == "-") true "foo-bar-baz")
      (lib.strings.splitStringBy (p: c: c == "-") false "foo-bar-baz")
      (lib.strings.splitStringBy (p: c: p == "o" && c == "o") false "foobooz")
      (lib.strings.splitStringBy (p: c: builtins.elem c [ "." "-" ]) false "foo.bar-baz")
      (lib.strings.splitStringBy (p: c: true) true "ab")
      (lib.strings.splitStringBy (p: c: true) false "")
      (lib.strings.splitStringBy (p: c: p == "") true "ab")
    ];
    replace = [
      (lib.replaceString "world" "Nix" "hello world world")
      (lib.replaceStrings [ "a" "b" ] [ "b" "a" ] "abc")
    ];
    versions = [
      (lib.versionOlder "1.1" "1.2")
      (lib.versionOlder "1.1" "1.1")
      (lib.versionAtLeast "1.1" "1.1")
      (lib.versionAtLeast "1.1" "1.2")
      (lib.versionAtLeast "2.0pre1" "2.0")
    ];
    names = [
      (lib.getName "youtube-dl-2016.01.01")
      (lib.getName outputs)
      (lib.getName plain)
      (lib.getVersion "youtube-dl-2016.01.01")
      (lib.getVersion outputs)
      (lib.getVersion plain)
      (lib.nameFromURL "https://nixos.org/releases/nix/nix-1.7/nix-1.7-x86_64-linux.tar.bz2" "-")
      (lib.nameFromURL "https://nixos.org/releases/nix/nix-1.7/nix-1.7-x86_64-linux.tar.bz2" "_")
      (lib.nameFromURL "https://example.org/plain" "-")
    ];
    flags = [
      (lib.cmakeOptionType "string" "ENGINE" "sdl2")
      (lib.cmakeOptionType "bad" "ENGINE" "sdl2")
      (lib.cmakeBool "ENABLE" false)
      (lib.cmakeFeature "MODULES" "badblock")
      (lib.mesonOption "engine" "opengl")
      (lib.mesonBool "hardened" true)
      (lib.mesonEnable "opengl" true)
      (lib.mesonEnable "opengl" 1)
      (lib.enableFeature true "foo")
      (lib.enableFeature false "foo")
      (lib.enableFeatureAs true "foo" "bar")
      (lib.enableFeatureAs false "foo" (throw "undefined"))
      (lib.withFeature true "foo")
      (lib.withFeature false "foo")
      (lib.withFeatureAs true "foo" "bar")
      (lib.withFeatureAs false "foo" (throw "undefined"))
    ];
    fixedWidth = [
      (lib.fixedWidthString 5 "0" "15")
      (lib.fixedWidthString 2 "0" "15")
      (lib.fixedWidthString 1 "0" "15")
      (lib.fixedWidthString 6 "ab" "15")
      (lib.fixedWidthNumber 5 15)
    ];
    conversion = [
      (lib.strings.floatToString 0.125)
      (lib.strings.isConvertibleWithToString [ 1 "a" null true ])
      (lib.strings.isConvertibleWithToString { })
      (lib.strings.isConvertibleWithToString (x: x))
      (lib.isStringLike "a")
      (lib.isStringLike /tmp)
      (lib.isStringLike { outPath = 1; })
      (lib.isStringLike { __toString = 1; })
      (lib.isStringLike 1)
      (lib.isStorePath "/nix/store/d945ibfx9x185xf04b890y4f9g3cbb63-python-2.7.11/bin/python")
      (lib.isStorePath "/nix/store/d945ibfx9x185xf04b890y4f9g3cbb63-python-2.7.11")
      (lib.isStorePath drv)
      (lib.isStorePath 42)
      (lib.isStorePath "")
      (lib.toInt "1337")
      (lib.toInt " -4\n")
      (lib.toInt "00024")
      (lib.toInt "0")
      (lib.toInt "3.14")
      (lib.toInt "x")
      (lib.toInt "")
      (lib.toIntBase10 "00024")
      (lib.toIntBase10 " 0 ")
      (lib.toIntBase10 "000")
      (lib.toIntBase10 "-4")
      (lib.toIntBase10 "foo")
      (lib.fileContents ./files/lines.txt)
      (lib.fileContents ./files/unterminated.txt)
    ];
    sanitizeDerivationName = map lib.strings.sanitizeDerivationName [
      "simple-1.0"
      "foo (bar)"
      "..foo"
      "///"
      ""
      (lib.strings.replicate 250 "a")
      "${lib.strings.replicate 205 "b"} x y"
      "fòó"
    ];
    distance = [
      (lib.strings.levenshtein "foo" "foo")
      (lib.strings.levenshtein "book" "hook")
      (lib.strings.levenshtein "hello" "Heyo")
      (lib.strings.levenshtein "" "abc")
      (lib.strings.levenshtein "abc" "")
      (lib.strings.levenshtein "kitten" "sitting")
      (map (k: lib.strings.levenshteinAtMost k "bash" "bsh") [ 0 1 2 ])
      (map (k: lib.strings.levenshteinAtMost k "flaw" "lawn") [ 1 2 3 ])
      (map (k: lib.strings.levenshteinAtMost k "aaaa" "") [ 0 3 4 ])
      (lib.strings.commonPrefixLength "hello" "help")
      (lib.strings.commonPrefixLength "" "a")
      (lib.strings.commonSuffixLength "raining" "evening")
      (lib.strings.commonSuffixLength "a" "a")
    ];
    contexts = map contexts [
      (lib.toUpper contextual)
      (lib.removePrefix "/nix" contextual)
      (lib.escapeShellArg contextual)
      (lib.toSentenceCase contextual)
      (lib.trim contextual)
      (lib.addContextFrom contextual "plain")
      (lib.concatMapStrings (c: c) (lib.stringToCharacters contextual))
      (lib.makeBinPath [ drv ])
      (lib.strings.sanitizeDerivationName contextual)
      (lib.concatStrings (lib.strings.splitStringBy (p: c: c == "-") false contextual))
    ];
  };

  stringsWithDeps = {
    textClosureMap = [
      (lib.textClosureMap (x: x)
        {
          a = lib.fullDepEntry "A" [ "b" "c" ];
          b = lib.noDepEntry "B";
          c = lib.fullDepEntry "C" [ "b" ];
          d = lib.packEntry [ "a" ];
        }
        [ "d" "a" ]
      )
      (lib.textClosureMap (x: "<${x}>") { } [ (lib.noDepEntry "inline") ])
      (lib.textClosureList { a = lib.stringAfter [ ] "A"; } [ "a" "a" ])
      (lib.textClosureList { } [ ])
    ];
  };

  customisation = {
    makeOverridable =
      let
        f = lib.makeOverridable ({ a, b ? 10 }: { sum = a + b; });
        x = f { a = 1; };
      in
      [
        x.sum
        (x.override { b = 2; }).sum
        ((x.override { b = 2; }).override { a = 5; }).sum
        (x.override (old: { a = old.a + 100; })).sum
        (lib.functionArgs f)
        (lib.functionArgs x.override)
        (builtins.attrNames x)
        (lib.makeOverridable (n: n + 1) 1)
        (lib.makeOverridable ({ a }: b: a + b) { a = 1; } 2)
        ((lib.makeOverridable ({ a }: b: a + b) { a = 1; }).override { a = 5; } 2)
      ];
    callPackageWith = [
      (lib.callPackageWith { a = 1; b = 2; } ({ a, b ? 9, c ? 3 }: { v = [ a b c ]; }) { }).v
      (lib.callPackageWith { a = 1; b = 2; } ({ a, b }: { v = [ a b ]; }) { b = 5; }).v
      ((lib.callPackageWith { a = 1; } ({ a }: { v = a; }) { }).override { a = 7; }).v
      (lib.callPackageWith { a = 1; b = 2; } ({ a, ... }@args: { v = builtins.attrNames args; }) { z = 1; }).v
      (lib.callPackageWith { a = 1; } ./files/package.nix { }).v
      (lib.callPackageWith { a = 4; } ({ a }: a) { })
    ];
    callPackagesWith =
      let
        set = lib.callPackagesWith { a = 1; } ({ a }: {
          x = { v = a; };
          y = { v = a + 1; };
        }) { };
      in
      [
        set.x.v
        set.y.v
        (set.y.override { a = 10; }).v
        (builtins.attrNames set)
        (lib.callPackagesWith { } ({ }: drv) { })
      ];
    makeScope =
      let
        scope = lib.makeScope lib.callPackageWith (self: {
          a = 1;
          b = self.callPackage ({ a }: { v = a; }) { };
        });
        changed = scope.overrideScope (final: previous: { a = previous.a + 41; });
      in
      [
        scope.b.v
        changed.b.v
        (changed.overrideScope (final: previous: { a = 0; })).b.v
        (builtins.attrNames scope)
        (scope.newScope { c = 3; } ({ a, c }: { v = a + c; }) { }).v
        (builtins.attrNames (scope.packages { callPackage = f: a: 1; }))
      ];
    extendDerivation =
      let
        extended = lib.extendDerivation true { extra = 1; } drv;
        refused = lib.extendDerivation false { extra = 1; } drv;
      in
      [
        extended.extra
        extended.dev.extra
        extended.dev.outputName
        extended.dev.outputSpecified
        (extended.outPath == drv.outPath)
        (extended.dev.outPath == drv.dev.outPath)
        refused.extra
        refused.outPath
        (map (o: o.outputName) extended.all)
        (extended ? outputSpecified)
      ];
    overrideDerivation = [
      (lib.overrideDerivation drv (old: { name = "${old.name}-x"; })).name
      ((lib.overrideDerivation drv (old: { })).outPath == drv.outPath)
      ((lib.makeOverridable ({ n }: derivation { name = n; system = "x"; builder = "y"; }) { n = "a"; })
        .overrideDerivation (old: { name = "b"; })).name
    ];
    extendMkDerivation =
      let
        base = lib.setFunctionArgs (args: lib.fix args) { name = false; old = true; };
        make = lib.extendMkDerivation {
          constructDrv = base;
          excludeDrvArgNames = [ "special" ];
          extendDrvArgs = final: { flag ? true, ... }: { inherit flag; seen = final.name; };
        };
      in
      [
        (make { name = "n"; special = 1; })
        (make (final: { name = "n"; copy = final.name; }))
        (lib.functionArgs make)
      ];
    hydraJob = [
      (builtins.attrNames (lib.hydraJob (drv // { meta = { }; })))
      (lib.hydraJob null)
    ];
    crossIndex = [
      (lib.mapCrossIndex (n: n * 10) {
        buildBuild = 1;
        buildHost = 2;
        buildTarget = 3;
        hostHost = 4;
        hostTarget = 5;
        targetTarget = 6;
      })
      (lib.renameCrossIndexTo "self" (
        lib.renameCrossIndexFrom "pkgs" {
          pkgsBuildBuild = 1;
          pkgsBuildHost = 2;
          pkgsBuildTarget = 3;
          pkgsHostHost = 4;
          pkgsHostTarget = 5;
          pkgsTargetTarget = 6;
        }
      ))
    ];
  };

  derivations = {
    lazyDerivation = [
      ((lib.lazyDerivation { derivation = drv // { meta = 1; }; outputs = drv.outputs; }).outPath == drv.outPath)
      (lib.lazyDerivation { derivation = throw "lazy"; meta.x = 1; passthru.y = 2; }).meta
      (lib.lazyDerivation { derivation = throw "lazy"; meta.x = 1; passthru.y = 2; }).y
      (lib.lazyDerivation { derivation = drv; }).outPath
      (builtins.attrNames (lib.lazyDerivation { derivation = throw "lazy"; outputs = [ "out" "dev" ]; }))
    ];
    optionalDrvAttr = [
      (lib.optionalDrvAttr true 1)
      (lib.optionalDrvAttr false 1)
    ];
  };

  meta = {
    getExe = [
      (lib.getExe outputs)
      (lib.getExe plain)
      (lib.getExe' outputs "other")
      (lib.getExe' plain "x")
      (lib.getExe' outputs "a/b")
      (lib.getExe' "/string" "b")
      (lib.getExe' outputs 1)
    ];
    names = [
      (lib.setName "x" plain).name
      (lib.updateName (n: "${n}-y") plain).name
      (lib.appendToName "small" plain).name
      (lib.mapDerivationAttrset (p: p.name) { a = plain; b = 1; })
    ];
    priorities = [
      (lib.lowPrio plain).meta
      (lib.hiPrio plain).meta
      (lib.setPrio 3 outputs).meta
      (lib.addMetaAttrs { a = 1; } plain).meta
      (lib.dontDistribute plain).meta
      (lib.hiPrioSet { a = plain; }).a.meta
    ];
    platforms = [
      (lib.meta.platformMatch { system = "x86_64-linux"; } "x86_64-linux")
      (lib.meta.platformMatch { system = "x86_64-linux"; } "aarch64-linux")
      (lib.meta.platformMatch { parsed.kernel.name = "linux"; } { kernel.name = "linux"; })
      (lib.meta.platformMatch { parsed.kernel.name = "linux"; } { parsed.kernel.name = "darwin"; })
      (lib.meta.availableOn { system = "a"; } { })
      (lib.meta.availableOn { system = "a"; } { meta.platforms = [ "b" ]; })
      (lib.meta.availableOn { system = "a"; } { meta.platforms = [ "a" ]; })
      (lib.meta.availableOn { system = "a"; } { meta.badPlatforms = [ "a" ]; })
    ];
    licenses = [
      (map (l: { inherit (l) spdxId shortName free redistributable; }) (
        with lib.licenses;
        [ mit asl20 gpl3Plus gpl2Only bsd3 isc mpl20 unlicense cc0 agpl3Only lgpl21Plus zlib psfl bsl11 ]
      ))
      lib.licenses.unfree.free
      (lib.getLicenseFromSpdxId "MIT").shortName
      (lib.getLicenseFromSpdxIdOr "mit" null).spdxId
      (lib.getLicenseFromSpdxIdOr "nope" "default")
      lib.licensesSpdx."MIT".shortName
    ];
  };

  versions = {
    parts = [
      (lib.versions.major "1.2.3")
      (lib.versions.minor "1.2.3")
      (lib.versions.patch "1.2.3")
      (lib.versions.majorMinor "1.2.3")
      (lib.versions.majorMinor "1")
      (lib.splitVersion "1.2pre")
      (lib.compareVersions "1.0" "1.1")
    ];
    pad = [
      (lib.versions.pad 3 "1.2")
      (lib.versions.pad 3 "1.3-rc1")
      (lib.versions.pad 3 "1.2.3.4")
    ];
  };

  generators = {
    mkValueString = map (lib.generators.mkValueStringDefault { }) [
      1
      "text"
      true
      false
      null
      0.25
      drv
    ];
    mkKeyValue = [
      (lib.generators.mkKeyValueDefault { } ":" "f:oo" "bar")
      (lib.generators.mkKeyValueDefault { mkValueString = v: "<${v}>"; } "=" "k" "v")
    ];
    toKeyValue = [
      (lib.generators.toKeyValue { } {
        b = 2;
        a = "x=y";
        "k=1" = true;
      })
      (lib.generators.toKeyValue { listsAsDuplicateKeys = true; indent = "  "; } { k = [ 1 2 ]; j = 0; })
      (lib.generators.toKeyValue { mkKeyValue = lib.generators.mkKeyValueDefault { } ": "; } { a = 1; })
    ];
    toINI = [
      (lib.generators.toINI { } {
        foo = {
          hi = "there";
          ciao = "bar";
        };
        baz = {
          "also, integers" = 42;
        };
      })
      (lib.generators.toINI { } { })
      (lib.generators.toINI { } { "a[b]" = { }; c = { }; })
      (lib.generators.toINI { listsAsDuplicateKeys = true; } { s.k = [ "a" "b" ]; })
      (lib.generators.toINI { mkSectionName = lib.toUpper; } { s.k = 1; })
      (lib.generators.toINIWithGlobalSection { } {
        globalSection.x = 1;
        sections.s.k = "v";
      })
      (lib.generators.toINIWithGlobalSection { } {
        globalSection = { };
        sections.s.k = "v";
      })
      (lib.generators.toINIWithGlobalSection { } { globalSection.x = true; })
    ];
    toGitINI = [
      (lib.generators.toGitINI {
        url."ssh://git@github.com/".insteadOf = "https://github.com";
        user.name = "edolstra";
        core = {
          bare = true;
          editor = "a \"b\"\tc\\";
        };
        include.path = [ "one" "two" ];
        a.b.c.d = 1;
      })
      (lib.generators.toGitINI { "a \"b\"".c = 1; })
    ];
    withRecursion = [
      (lib.generators.withRecursion { depthLimit = 2; throwOnDepthLimit = false; } { a.b.c.d = 1; x = 1; })
      (lib.generators.withRecursion { depthLimit = 1; } { a.b.c = 1; })
      (lib.generators.withRecursion { depthLimit = 5; } { a.b = [ 1 2 ]; })
    ];
    toPretty = [
      (lib.generators.toPretty { } {
        int = 1;
        float = 1.5;
        string = "a \"b\" \${c} \\";
        multi = "line ''one''\n  \${two}\n";
        open = "a\nb";
        bool = true;
        null = null;
        list = [ 1 [ ] { } "x" ];
        set.nested."odd key" = 1;
        "or" = false;
        path = /tmp/x;
        function = { a, b ? 1 }: a;
        lambda = x: x;
        functor = lib.setFunctionArgs (x: x) { z = true; };
        package = plain;
      })
      (lib.generators.toPretty { multiline = false; } { a = [ 1 "x\ny" ]; b = { }; })
      (lib.generators.toPretty { allowPrettyValues = true; } {
        a = {
          __pretty = v: "<${v}>";
          val = "shown";
        };
      })
      (lib.generators.toPretty { indent = "    "; } [ 1 { a = 2; } ])
      (lib.generators.toPretty { } "")
      (lib.generators.toPretty { } "\n")
    ];
    toPlist = [
      (lib.generators.toPlist { escape = true; } {
        a = 1;
        b = [ true 1.5 "x<y" ];
        c.d = null;
        "k&" = false;
      })
    ];
    toDhall = [
      (lib.generators.toDhall { } {
        a = 1;
        b = [ (-2) true ];
        c = "x";
      })
    ];
    toLua = [
      (lib.generators.toLua { } {
        cmd = [ "typescript-language-server" "--stdio" ];
        nested.empty = { };
        list = [ ];
        inline = lib.mkLuaInline "a.b";
        null = null;
        float = 1.5;
      })
      (lib.generators.toLua { multiline = false; } { a = [ 1 2 ]; })
      (lib.generators.toLua { asBindings = true; } { a.b = 1; c = "x"; "d.e" = true; })
      (lib.generators.toLua { asBindings = true; } { "1bad" = 1; })
    ];
    toJSON = [
      (lib.generators.toJSON { } { a = 1; })
      (lib.generators.toYAML { } [ 1 null ])
    ];
  };

  cli = {
    toGNUCommandLine = [
      (lib.cli.toGNUCommandLine { } {
        data = builtins.toJSON { id = 0; };
        X = "PUT";
        retry = 3;
        retry-delay = null;
        url = [ "https://example.com/foo" "https://example.com/bar" ];
        silent = false;
        verbose = true;
      })
      (lib.cli.toGNUCommandLine { optionValueSeparator = "="; } { retry = 3; v = true; })
      (lib.cli.toGNUCommandLineShell { } { X = "a b"; l = [ 1 2 ]; })
    ];
    toCommandLine = [
      (lib.cli.toCommandLineGNU { } {
        X = "PUT";
        retry = 3;
        url = [ "a" "b" ];
        no = false;
        verbose = true;
        none = null;
      })
      (lib.cli.toCommandLineGNU { explicitBool = true; } { no = false; v = true; none = null; })
      (lib.cli.toCommandLineGNU { isLong = n: false; formatArg = v: "<${toString v}>"; } { long = 1; })
      (lib.cli.toCommandLine (name: { option = "-${name}"; sep = null; explicitBool = false; }) { a = 1; b = [ true "x" ]; })
      (lib.cli.toCommandLine (name: { option = "/${name}"; sep = ":"; explicitBool = true; }) { a = true; })
      (lib.cli.toCommandLineShell (name: { option = "-${name}"; sep = null; explicitBool = false; }) { a = "x y"; })
      (lib.cli.toCommandLineShellGNU { } { ab = "x y"; })
    ];
  };

  asserts = {
    all = [
      (lib.assertMsg true (throw "lazy"))
      (lib.assertMsg false "no")
      (lib.assertOneOf "x" "a" [ "a" "b" ])
      (lib.assertOneOf "x" "c" [ "a" "b" ])
      (lib.asserts.assertEachOneOf "x" [ "a" "b" ] [ "a" "b" "c" ])
      (lib.asserts.assertEachOneOf "x" [ "d" ] [ "a" "b" "c" ])
      (lib.asserts.checkAssertWarn [ { assertion = true; message = "m"; } ] [ ] "value")
      (lib.asserts.checkAssertWarn [ { assertion = false; message = "m"; } ] [ ] "value")
    ];
  };

  debug = {
    all = [
      (lib.traceIf false (throw "lazy") 1)
      (lib.runTests {
        testGood = {
          expr = 1;
          expected = 1;
        };
        testBad = {
          expr = 1;
          expected = 2;
        };
        other = {
          expr = 1;
          expected = 2;
        };
      })
      (lib.runTests {
        tests = [ "other" ];
        other = {
          expr = 1;
          expected = 2;
        };
        testBad = {
          expr = 1;
          expected = 2;
        };
      })
      (lib.testAllTrue [ true false ])
      (lib.debug.throwTestFailures { failures = [ ]; })
      (lib.debug.throwTestFailures {
        failures = [
          {
            name = "n";
            expected = 1;
            result = 2;
          }
        ];
      })
    ];
  };

  filesystem = {
    all = [
      (lib.pathType ./lib-cases.nix)
      (lib.pathIsDirectory ./.)
      (lib.pathIsDirectory ./lib-cases.nix)
      (lib.pathIsDirectory ./missing)
      (lib.pathIsRegularFile ./lib-cases.nix)
      (lib.pathIsRegularFile ./missing)
      (map baseNameOf (lib.filesystem.listFilesRecursive ./tree))
      (baseNameOf (lib.filesystem.resolveDefaultNix ./.))
      (lib.filesystem.resolveDefaultNix "/no/such/dir/")
      (map (m: m) (lib.filesystem.locateDominatingFile "(one)\\.txt" ./tree/sub/two.txt).matches)
      (lib.packagesFromDirectoryRecursive {
        callPackage = path: args: baseNameOf path;
        directory = ./tree;
      })
    ];
  };

  path = {
    append = [
      (baseNameOf (lib.path.append ./. "a/b"))
      (lib.path.append ./. "/abs")
      (lib.path.append ./. "../up")
      (lib.path.append "string" "a")
    ];
    prefix = [
      (lib.path.hasPrefix ./. ./tree/sub)
      (lib.path.hasPrefix ./tree ./.)
      (lib.path.removePrefix ./. ./tree/sub)
      (lib.path.removePrefix ./. ./.)
      (lib.path.removePrefix ./tree ./.)
      (builtins.mapAttrs (_: toString) (lib.path.splitRoot /foo/bar))
      (lib.path.splitRoot /.).subpath
      (lib.path.hasStorePathPrefix (/. + "/nix/store/nvl9ic0pj1fpyln3zaqrf4cclbqdfn1j-foo/bar"))
      (lib.path.hasStorePathPrefix /nix/store)
      (lib.path.hasStorePathPrefix /home)
    ];
    subpath = [
      (map lib.path.subpath.isValid [ "foo" "/foo" "../foo" "" "a/.." "a..b" 1 "./." ])
      (lib.path.subpath.join [ "foo" "./bar//baz/." ])
      (lib.path.subpath.join [ ])
      (lib.path.subpath.join [ "foo" "../x" ])
      (map lib.path.subpath.normalise [ "foo" "foo//bar" "./foo/./bar" "foo/" "." "./." ])
      (lib.path.subpath.normalise "")
      (lib.path.subpath.components "./a//b/c")
      (lib.path.subpath.components ".")
    ];
  };

  sources = {
    cleanSourceFilter = map ({ n, t }: lib.cleanSourceFilter n t) [
      { n = "/x/.git"; t = "directory"; }
      { n = "/x/.git"; t = "regular"; }
      { n = "/x/.svn"; t = "directory"; }
      { n = "/x/.svn"; t = "regular"; }
      { n = "/x/a~"; t = "regular"; }
      { n = "/x/.a.swp"; t = "regular"; }
      { n = "/x/.swp"; t = "regular"; }
      { n = "/x/a.o"; t = "regular"; }
      { n = "/x/a.so"; t = "regular"; }
      { n = "/x/result"; t = "symlink"; }
      { n = "/x/result-dev"; t = "symlink"; }
      { n = "/x/result"; t = "regular"; }
      { n = "/x/socket"; t = "unknown"; }
      { n = "/x/main.c"; t = "regular"; }
    ];
    paths = [
      (toString (lib.cleanSource ./tree))
      (toString (lib.cleanSourceWith { src = ./tree; filter = path: type: baseNameOf path != "one.txt"; name = "named"; }))
      (toString (lib.sourceByRegex ./tree [ "sub" "sub/.*\\.txt" ]))
      (toString (lib.sourceFilesBySuffices ./tree [ ".nix" ]))
      (toString (lib.sources.sourceByGlobs ./tree [ "sub/*.txt" ]))
      (toString (lib.sources.sourceByGlobs ./tree [ "**/two.txt" "*.nix" ]))
      (toString (lib.sourceByRegex (lib.cleanSource ./tree) [ "one.*" ]))
      (lib.cleanSource ./tree).name
      (lib.canCleanSource ./tree)
      (lib.canCleanSource (lib.cleanSource ./tree))
      (lib.canCleanSource contextual)
      (lib.pathHasContext contextual)
      (lib.pathIsGitRepo ./tree)
      (lib.commitIdFromGitRepo ./tree)
    ];
    names = [
      (map lib.sources.urlToName [
        "https://github.com/NixOS/nix.git"
        "git@github.com:NixOS/nixpkgs"
        "https://example.org/foo-1.0.tar.gz/"
      ])
      (map lib.sources.shortRev [ "abcdef0123456789" "v1.2.3" "release-2.0" "main" ])
      (lib.repoRevToName "source" "a" "b" "c")
      (lib.repoRevToName "versioned" "https://github.com/NixOS/nix.git" "v2.3" "x")
      (lib.repoRevToName "full" "nix" "v2.3" "x")
      (lib.repoRevToName "full" "nix" null null)
      (lib.repoRevToName "bad" "nix" "1" null)
      (lib.revOrTag null "t")
      (lib.revOrTag "r" null)
      (lib.revOrTag null null)
    ];
  };

  systems = {
    elaborate =
      map
        (
          name:
          let
            p = lib.systems.elaborate name;
          in
          {
            inherit (p)
              config
              darwinArch
              hasSharedLibraries
              is32bit
              is64bit
              isAarch32
              isAarch64
              isAndroid
              isArmv7
              isBSD
              isBigEndian
              isDarwin
              isElf
              isFreeBSD
              isGnu
              isLinux
              isLittleEndian
              isMacOS
              isMips64
              isMusl
              isPower64
              isRiscV64
              isS390x
              isStatic
              isUnix
              isWindows
              isi686
              isx86
              isx86_32
              isx86_64
              libc
              libDir
              linuxArch
              qemuArch
              system
              uname
              ;
            inherit (p.go) GOARCH GOOS;
            cpu = { inherit (p.parsed.cpu) name bits family significantByte; arch = p.parsed.cpu.arch or null; };
            kernel = p.parsed.kernel.name;
            format = p.parsed.kernel.execFormat.name;
            vendor = p.parsed.vendor.name;
            extension = p.extensions.sharedLibrary;
          }
        )
        [
          "x86_64-linux"
          "aarch64-linux"
          "i686-linux"
          "riscv64-linux"
          "armv7l-linux"
          "mips64el-linux"
          "loongarch64-linux"
          "powerpc64le-linux"
          "s390x-linux"
          "x86_64-darwin"
          "aarch64-darwin"
          "x86_64-freebsd"
        ];
    doubles = map (name: lib.sort (a: b: a < b) lib.platforms.${name}) [
      "all"
      "linux"
      "darwin"
      "unix"
      "x86_64"
      "x86"
      "i686"
      "aarch64"
      "arm"
      "riscv"
      "riscv64"
      "freebsd"
      "openbsd"
      "netbsd"
      "windows"
      "cygwin"
      "none"
      "wasi"
    ];
    canExecute =
      let
        at = lib.systems.elaborate;
      in
      [
        ((at "x86_64-linux").canExecute (at "i686-linux"))
        ((at "x86_64-linux").canExecute (at "aarch64-linux"))
        ((at "x86_64-linux").canExecute (at "x86_64-darwin"))
        (lib.systems.equals (at "x86_64-linux") (at "x86_64-linux"))
        lib.systems.flakeExposed
      ];
  };

  misc = {
    all = [
      lib.fakeHash
      lib.fakeSha256
      lib.fakeSha512
      (lib.isType "a" (lib.setType "a" { }))
      (lib.isType "a" { })
      (lib.maybeEnv "OCINIX_SURELY_UNSET" "default")
      (lib.maybeAttr "a" 1 { })
      (lib.nvs "a" 1)
      (lib.setAttr { a = 1; } "b" 2)
      (map lib.nixType [ 1 "a" { } { _type = "x"; } (x: x) [ ] ])
      (map (p: p.name) (
        lib.closePropagation [
          (package "a" { propagatedBuildInputs = [ (package "b" { }) null ]; })
          (package "b" { })
        ]
      ))
    ];
    extend = [
      ((lib.extend (final: previous: { shout = text: previous.toUpper text + "!"; })).shout "hi")
      ((lib.extend (final: previous: { id = x: "changed"; })).id 1)
    ];
  };
}
