map (s: builtins.typeOf (builtins.fromJSON s)) [ "1" "1.0" "1e0" "1E+2" "10e-1" ]
