map builtins.isString [ "a" (toString 1) ''b'' { outPath = "x"; } "${{ outPath = "x"; }}" (builtins.typeOf 1) ]
