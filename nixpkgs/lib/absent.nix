# Parts of nixpkgs' lib that the embedded one leaves out. They exist by name, so that using one says what to do about
# it in place of "attribute missing".
let
  absent =
    part: name:
    throw "lib.${name} (${part}) is not part of the <nixpkgs> that comes with ocinix; point <nixpkgs> at real nixpkgs to use it (NIX_PATH, or -I nixpkgs=PATH)";
  each =
    part: names:
    builtins.listToAttrs (
      map (name: {
        inherit name;
        value = absent part name;
      }) names
    );
in
each "the module system" [
  "evalModules"
  "literalExpression"
  "literalMD"
  "isOption"
  "isOptionType"
  "mergeDefinitions"
  "mergeEqualOption"
  "mergeOneOption"
  "mkAfter"
  "mkAliasDefinitions"
  "mkAliasOptionModule"
  "mkAssert"
  "mkBefore"
  "mkDefault"
  "mkEnableOption"
  "mkForce"
  "mkIf"
  "mkMerge"
  "mkOption"
  "mkOptionDefault"
  "mkOptionType"
  "mkOrder"
  "mkOverride"
  "mkPackageOption"
  "mkRemovedOptionModule"
  "mkRenamedOptionModule"
  "mkVMOverride"
  "modules"
  "options"
  "showOption"
  "types"
]
// each "helpers of fetchers" [ "fetchers" ]
// each "file sets" [ "fileset" ]
// each "flake references" [ "flakes" ]
// each "GVariant values" [
  "gvariant"
  "mkDconfKeyValue"
  "toDconfINI"
]
// each "kernel options" [ "kernel" ]
// each "network addresses" [ "network" ]
