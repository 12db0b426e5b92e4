[ (builtins.concatStringsSep "," [ "a" "b" "" "c" ]) (builtins.concatStringsSep "," [ ]) (builtins.concatStringsSep "" [ "é" ]) (builtins.concatStringsSep "/" [ { outPath = "o"; } "x" ]) ]
