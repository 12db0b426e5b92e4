# Old names that expressions in the wild still use, and hashes to fill in later.
{ lib }:
rec {
  # The hashes of nothing in particular: what a fixed-output derivation says before its real hash is known.
  fakeHash = "sha256-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=";
  fakeSha256 = builtins.concatStringsSep "" (lib.lists.replicate 64 "0");
  fakeSha512 = builtins.concatStringsSep "" (lib.lists.replicate 128 "0");

  setType = typeName: value: value // { _type = typeName; };
  isType = typeName: value: value._type or null == typeName;

  imap = lib.lists.imap1;
  maybeEnv =
    name: default:
    let
      value = builtins.getEnv name;
    in
    if value == "" then default else value;
  maybeAttr =
    name: default: set:
    set.${name} or default;
  maybeAttrNullable = maybeAttr;
  nvs = name: value: builtins.listToAttrs [ { inherit name value; } ];
  setAttr =
    set: name: value:
    set // { ${name} = value; };
  nixType =
    value:
    if builtins.isAttrs value then
      "attrs"
    else if lib.trivial.isFunction value then
      "function"
    else
      builtins.typeOf value;
  uniqList =
    {
      inputList,
      acc ? [ ],
    }:
    lib.lists.subtractLists acc (lib.lists.unique inputList);
  # The packages and what they propagate, each once.
  closePropagation =
    packages:
    let
      wanted = builtins.filter (package: package != null);
      keyed = map (package: {
        key = package.outPath;
        inherit package;
      });
    in
    map (entry: entry.package) (
      builtins.genericClosure {
        startSet = keyed (wanted packages);
        operator =
          { package, ... }:
          keyed (
            wanted (
              (package.propagatedBuildInputs or [ ]) ++ (package.propagatedNativeBuildInputs or [ ])
            )
          );
      }
    );
}
