# One set of ten thousand attributes: made, selected from, mapped, taken apart.
let
  inherit (builtins) attrNames attrValues foldl' genList length listToAttrs mapAttrs removeAttrs toString;
  names = genList (n: "attribute-${toString n}") 100000;
  set = listToAttrs (map (name: { inherit name; value = name; }) names);
  sizes = mapAttrs (_: builtins.stringLength) set;
in
[
  (foldl' (total: name: total + sizes.${name}) 0 names)
  (length (attrNames (removeAttrs set (genList (n: "attribute-${toString (n * 2)}") 50000))))
  (length (attrValues (builtins.intersectAttrs sizes set)))
  (foldl' (total: name: if set ? ${name + "x"} then total else total + 1) 0 names)
]
