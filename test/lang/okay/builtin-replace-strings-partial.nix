let swap = builtins.replaceStrings [ "a" ] [ "b" ]; in
[ swap (builtins.replaceStrings [ ]) (map swap [ "a" "ca" ]) ]
