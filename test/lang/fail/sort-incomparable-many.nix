builtins.sort builtins.lessThan (builtins.genList (n: n) 40 ++ [ "x" null ])
