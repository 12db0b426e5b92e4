# A hundred thousand pieces, joined one by one and at once.
let
  inherit (builtins) concatStringsSep foldl' genList stringLength toString;
  pieces = genList (n: "piece ${toString n}; ") 300000;
in
[
  (stringLength (foldl' (text: piece: text + piece) "" (genList (n: "piece ${toString n}; ") 5000)))
  (stringLength (concatStringsSep ", " pieces))
  (stringLength (concatStringsSep "" (map (piece: "<${piece}|${piece}>") pieces)))
]
