[ (builtins.sub 1 3) (builtins.sub 1 0.5) (builtins.sub 0.5 1) (builtins.sub (-9223372036854775807 - 1) (-1)) ]
