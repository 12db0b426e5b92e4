# groupBy, zipAttrsWith, genericClosure, mapAttrs, catAttrs.
let
  inherit (builtins) attrNames attrValues catAttrs concatLists foldl' genericClosure genList groupBy length mapAttrs toString zipAttrsWith;
  records = genList (n: { id = n; kind = "kind${toString (n - n / 97 * 97)}"; weight = n * 7 - n * 7 / 31 * 31; }) 100000;
  groups = groupBy (record: record.kind) records;
  totals = mapAttrs (_: group: foldl' (sum: record: sum + record.weight) 0 group) groups;
  zipped = zipAttrsWith (_: values: foldl' (a: b: a + b) 0 values) (genList (n: { "x${toString (n - n / 50 * 50)}" = n; always = 1; }) 80000);
  closure = genericClosure {
    startSet = [ { key = 1; } ];
    operator = { key }: if key > 150000 then [ ] else [ { key = key * 2; } { key = key * 2 + 1; } ];
  };
in
[
  (foldl' (a: b: a + b) 0 (attrValues totals))
  (length (attrNames zipped))
  zipped.always
  (length closure)
  (foldl' (a: b: a + b) 0 (catAttrs "weight" records))
]
