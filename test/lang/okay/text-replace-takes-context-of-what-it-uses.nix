map (s: builtins.attrNames (builtins.getContext (builtins.replaceStrings [ "a" ] [ (builtins.toFile "f" "x") ] s))) [ "a" "b" ]
