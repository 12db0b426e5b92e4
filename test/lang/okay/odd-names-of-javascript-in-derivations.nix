let
  d = derivation {
    name = "d";
    system = "s";
    builder = "b";
    outputs = [ "out" "constructor" "toString" ];
    __proto__ = "x";
    hasOwnProperty = [ "y" ];
  };
in
[ d.drvPath d.constructor.outPath d.toString.outputName (builtins.attrNames d) d.__proto__ ]
