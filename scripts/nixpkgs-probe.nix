# What is compared of one attribute of a package set: a derivation's paths, and of anything else as much as tells it from
# something else. With `meta`, also what a derivation says of itself. Errors that tryEval catches are a value here.
{ meta }:
let
  inherit (builtins)
    attrNames
    deepSeq
    isAttrs
    isFunction
    isList
    length
    mapAttrs
    tryEval
    ;

  attempt =
    value:
    let
      result = tryEval (deepSeq value value);
    in
    if result.success then result.value else { fails = true; };

  isDerivation = value: isAttrs value && (value.type or null) == "derivation";

  # Without functions and derivations, which have no JSON.
  plain =
    depth: value:
    if depth == 0 then
      "…"
    else if isFunction value then
      "a function"
    else if isList value then
      map (plain (depth - 1)) value
    else if isDerivation value then
      value.drvPath
    else if isAttrs value then
      mapAttrs (_: plain (depth - 1)) value
    else
      value;

  describe =
    value:
    if isDerivation value then
      {
        inherit (value) drvPath;
        outputs = map (name: value.${name}.outPath) (value.outputs or [ "out" ]);
      }
      // (if meta then { meta = attempt (plain 8 (value.meta or null)); } else { })
    else if isAttrs value then
      { names = attrNames value; }
    else if isList value then
      { length = length value; }
    else if isFunction value then
      "a function"
    else
      { value = builtins.toString value; };
in
value: attempt (describe value)
