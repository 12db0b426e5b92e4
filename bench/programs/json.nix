# A large value to JSON and back.
let
  inherit (builtins) fromJSON genList length listToAttrs stringLength toJSON toString;
  value = genList (n: { id = n; name = "item ${toString n}"; tags = [ "a" "b\n\"quoted\"" "ü" ]; nested = { x = n * 1.5; y = null; z = true; }; }) 60000;
  text = toJSON value;
in
[ (stringLength text) (length (fromJSON text)) (stringLength (toJSON (fromJSON text))) ]
