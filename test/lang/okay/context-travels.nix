let
  d = derivation { name = "d"; system = "s"; builder = "b"; };
  s = "${d}/bin";
in
map (text: builtins.attrNames (builtins.getContext text)) [
  (s + "x")
  ("x" + s)
  (builtins.substring 3 4 s)
  (builtins.replaceStrings [ "bin" ] [ "lib" ] s)
  (builtins.replaceStrings [ "x" ] [ s ] "axb")
  (builtins.replaceStrings [ "q" ] [ s ] "axb")
  (builtins.concatStringsSep "," [ "a" s ])
  (builtins.concatStringsSep s [ "a" "b" ])
  (builtins.toJSON { inherit s; })
  (builtins.toXML [ s ])
  (toString [ s 1 ])
  (baseNameOf s)
  (dirOf s)
  (builtins.head (builtins.match ".*-(.).*" s))
  (builtins.head (builtins.split "/" s))
  (builtins.toString d)
]
