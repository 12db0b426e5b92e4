# Objects with more keys than those that are alike usually have; some keys occur twice.
let
  inherit (builtins) attrNames concatStringsSep fromJSON genList toString;
  member = n: ''"k${toString (n * 37 - n * 37 / 90 * 90)}": ${toString n}'';
  object = count: "{ ${concatStringsSep ", " (genList member count)} }";
  sets = map (count: fromJSON (object count)) [ 63 64 65 66 100 200 ];
in
[
  sets
  (map attrNames sets)
  (fromJSON "[${object 70}, ${object 3}, ${object 70}, {\"a\": ${object 65}, \"b\": ${object 64}}]")
]
