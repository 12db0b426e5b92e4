# Names that only exist at run time are ranked when they are made.
let
  list = builtins.listToAttrs (map (name: { inherit name; value = builtins.trace name 0; }) [ "z9" "y8" "x7" ]);
  dynamic = { ${"w" + "6"} = builtins.trace "w6" 0; ${"v" + "5"} = builtins.trace "v5" 0; v4 = builtins.trace "v4" 0; };
  groups = builtins.mapAttrs (name: builtins.trace name) (builtins.groupBy (n: "g${toString (100 - n)}") [ 1 2 3 ]);
in [ list dynamic groups ]
