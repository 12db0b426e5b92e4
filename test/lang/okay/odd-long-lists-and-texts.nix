let
  numbers = builtins.genList (i: i) 100000;
  text = builtins.concatStringsSep "" (builtins.genList (i: "abcdefghij") 100000);
in
[
  (builtins.length (numbers ++ numbers))
  (builtins.foldl' builtins.add 0 numbers)
  (builtins.head (builtins.sort (a: b: a > b) numbers))
  (builtins.stringLength text)
  (builtins.hashString "sha256" text)
  (builtins.stringLength (builtins.replaceStrings [ "a" ] [ "bc" ] text))
  (builtins.length (builtins.split "a" text))
  (builtins.length (builtins.attrNames (builtins.listToAttrs (map (i: { name = toString i; value = i; }) numbers))))
  (builtins.length (builtins.fromJSON (builtins.toJSON numbers)))
  (builtins.elem (-1) numbers)
]
