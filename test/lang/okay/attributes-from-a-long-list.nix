# Sets from long lists of names: prefixes of each other, equal ones, and bytes of several kinds.
let
  inherit (builtins) attrNames genList groupBy intersectAttrs listToAttrs removeAttrs substring toString zipAttrsWith;
  mod = a: b: a - a / b * b;
  name = n: substring 0 (mod (n * 7) 11) "${toString (mod (n * 7919) 613)}-é${toString n}-abcdefgh";
  names = genList name 700;
  set = listToAttrs (genList (n: { name = name n; value = n; }) 700);
in
[
  (attrNames set)
  set
  (attrNames (removeAttrs set (genList (n: name (n * 2)) 350)))
  (intersectAttrs (listToAttrs (genList (n: { name = name (n * 3); value = null; }) 230)) set)
  (groupBy (substring 0 1) (genList name 60))
  (zipAttrsWith (_: values: values) (genList (n: { ${name n} = n; }) 300))
]
