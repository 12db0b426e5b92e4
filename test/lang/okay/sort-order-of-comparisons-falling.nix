builtins.sort (a: b: builtins.trace "${toString a} ${toString b}" (a < b)) (builtins.genList (n: 30 - n) 30)
