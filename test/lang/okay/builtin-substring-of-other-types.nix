[ (builtins.substring 0 2 { outPath = "abc"; }) (builtins.substring 1 1 { __toString = self: "xyz"; }) (builtins.substring 0 1) (builtins.substring 0) ]
