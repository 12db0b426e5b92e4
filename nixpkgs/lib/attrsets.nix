# Attribute sets, paths into them, and the outputs of packages.
{ lib }:
let
  inherit (builtins)
    attrNames
    attrValues
    concatMap
    elemAt
    foldl'
    head
    isAttrs
    length
    listToAttrs
    mapAttrs
    removeAttrs
    ;
in
rec {
  inherit (builtins)
    catAttrs
    getAttr
    hasAttr
    intersectAttrs
    zipAttrsWith
    ;
  inherit
    attrNames
    attrValues
    isAttrs
    listToAttrs
    mapAttrs
    removeAttrs
    ;

  nameValuePair = name: value: { inherit name value; };
  optionalAttrs = condition: set: if condition then set else { };

  attrByPath =
    path: default: set:
    let
      depth = length path;
      below =
        index: value:
        if index == depth then
          value
        else if value ? ${elemAt path index} then
          below (index + 1) value.${elemAt path index}
        else
          default;
    in
    below 0 set;
  hasAttrByPath = path: set: length (longestValidPathPrefix path set) == length path;
  longestValidPathPrefix =
    path: set:
    let
      depth = length path;
      valid =
        index: value:
        if index < depth && value ? ${elemAt path index} then
          valid (index + 1) value.${elemAt path index}
        else
          index;
    in
    lib.lists.take (valid 0 set) path;
  setAttrByPath = path: value: lib.lists.foldr (name: inner: { ${name} = inner; }) value path;
  getAttrFromPath =
    path: attrByPath path (abort "cannot find attribute '${builtins.concatStringsSep "." path}'");
  showAttrPath =
    path:
    if path == [ ] then
      "<root attribute path>"
    else
      lib.strings.concatMapStringsSep "." lib.strings.escapeNixIdentifier path;

  # Updates to longer paths come first, so that an update of a set sees its parts already updated.
  updateManyAttrsByPath =
    updates: set:
    let
      show = showAttrPath;
      absent =
        path:
        throw "updateManyAttrsByPath: Path '${show path}' does not exist in the given value, but the first update to this path tries to access the existing value.";
      notASet =
        depth: path:
        throw "updateManyAttrsByPath: Path '${show path}' needs to be updated, but path '${show (lib.lists.take depth path)}' of the given value is not an attribute set, so we can't update an attribute inside of it.";
      apply =
        depth: present: value: pending:
        let
          inherit (builtins.partition (update: length update.path == depth) pending) right wrong;
          nested = builtins.groupBy (update: elemAt update.path depth) wrong;
          updated =
            if wrong == [ ] then
              if present then value else absent (head right).path
            else if !present then
              mapAttrs (_: apply (depth + 1) false null) nested
            else if isAttrs value then
              value // mapAttrs (name: apply (depth + 1) (value ? ${name}) value.${name}) nested
            else
              notASet depth (head wrong).path;
        in
        lib.lists.foldl (result: update: update.update result) updated right;
    in
    apply 0 true set updates;

  attrVals = names: set: map (name: set.${name}) names;
  getAttrs = names: set: genAttrs names (name: set.${name});
  genAttrs =
    names: function:
    listToAttrs (
      map (name: {
        inherit name;
        value = function name;
      }) names
    );
  genAttrs' = list: function: listToAttrs (map function list);

  filterAttrs =
    predicate: set:
    removeAttrs set (builtins.filter (name: !predicate name set.${name}) (attrNames set));
  filterAttrsRecursive =
    predicate: set:
    mapAttrs (_: value: if isAttrs value then filterAttrsRecursive predicate value else value) (
      filterAttrs predicate set
    );

  foldlAttrs =
    function: initial: set:
    lib.lists.foldl' (result: name: function result name set.${name}) initial (attrNames set);
  foldAttrs =
    operator: initial: sets:
    lib.lists.foldr (
      set: result: result // mapAttrs (name: value: operator value (result.${name} or initial)) set
    ) { } sets;
  collect =
    predicate: value:
    if predicate value then
      [ value ]
    else if isAttrs value then
      concatMap (collect predicate) (attrValues value)
    else
      [ ];

  cartesianProduct =
    lists:
    foldl' (rows: name: concatMap (row: map (value: row // { ${name} = value; }) lists.${name}) rows) [
      { }
    ] (attrNames lists);
  mapCartesianProduct = function: lists: map function (cartesianProduct lists);

  mapAttrs' = function: set: listToAttrs (mapAttrsToList function set);
  mapAttrsToList = function: set: map (name: function name set.${name}) (attrNames set);
  attrsToList = mapAttrsToList nameValuePair;
  concatMapAttrs = function: set: foldl' (result: part: result // part) { } (mapAttrsToList function set);
  mapAttrsRecursive = mapAttrsRecursiveCond (_: true);
  mapAttrsRecursiveCond =
    condition: function:
    let
      below =
        path:
        mapAttrs (
          name: value:
          (if isAttrs value && condition value then below else function) (path ++ [ name ]) value
        );
    in
    below [ ];
  mapAttrsToListRecursive = mapAttrsToListRecursiveCond (_: _: true);
  mapAttrsToListRecursiveCond =
    condition: function:
    let
      below = path: set: concatMap (name: at (path ++ [ name ]) set.${name}) (attrNames set);
      at =
        path: value:
        if isAttrs value && condition path value then below path value else [ (function path value) ];
    in
    below [ ];

  zipAttrsWithNames =
    names: function: sets:
    genAttrs names (name: function name (builtins.catAttrs name sets));
  zipAttrs = builtins.zipAttrsWith (_: values: values);

  # Halving keeps this n log n; merging from the left would copy the growing set once for each element.
  mergeAttrsList =
    list:
    let
      merge =
        start: count:
        let
          half = count / 2;
        in
        if count == 1 then
          elemAt list start
        else
          merge start half // merge (start + half) (count - half);
    in
    if list == [ ] then { } else merge 0 (length list);

  recursiveUpdateUntil =
    stop: left: right:
    let
      update =
        path: old: new:
        old
        // mapAttrs (
          name: value:
          let
            here = path ++ [ name ];
          in
          if !(old ? ${name}) || stop here old.${name} value then value else update here old.${name} value
        ) new;
    in
    update [ ] left right;
  recursiveUpdate = recursiveUpdateUntil (_: old: new: !(isAttrs old && isAttrs new));
  overrideExisting = old: new: old // builtins.intersectAttrs old new;
  unionOfDisjoint =
    left: right:
    let
      shared = builtins.intersectAttrs left right;
      all = builtins.concatStringsSep " " (attrNames shared);
    in
    left
    // right
    // mapAttrs (name: _: throw "unionOfDisjoint: collision on ${name}; complete list: ${all}") shared;
  matchAttrs =
    pattern: set:
    assert isAttrs pattern;
    builtins.all (
      name:
      let
        wanted = pattern.${name};
        actual = set.${name};
      in
      set ? ${name}
      && (if isAttrs wanted then isAttrs actual && matchAttrs wanted actual else wanted == actual)
    ) (attrNames pattern);

  isDerivation = value: value.type or null == "derivation";
  toDerivation =
    path:
    let
      outPath = builtins.storePath path;
      package = {
        type = "derivation";
        # After the hash and its dash.
        name = lib.strings.sanitizeDerivationName (builtins.substring 33 (-1) (baseNameOf outPath));
        inherit outPath;
        out = package;
        outputs = [ "out" ];
        outputName = "out";
      };
    in
    package;

  # A package of which somebody has chosen an output already is left alone.
  getOutput =
    output: package:
    if package.outputSpecified or false then package else package.${output} or package.out or package;
  getFirstOutput =
    outputs: package:
    let
      found = builtins.filter (output: package ? ${output}) outputs;
    in
    if package.outputSpecified or false || found == [ ] then package else package.${head found};
  getBin = getOutput "bin";
  getLib = getOutput "lib";
  getDev = getOutput "dev";
  getMan = getOutput "man";
  getStatic = getFirstOutput [
    "static"
    "lib"
    "out"
  ];
  getInclude = getFirstOutput [
    "include"
    "dev"
    "out"
  ];
  chooseDevOutputs = map getDev;

  recurseIntoAttrs = set: set // { recurseForDerivations = true; };
  dontRecurseIntoAttrs = set: set // { recurseForDerivations = false; };
}
