builtins.sort (a: b: builtins.trace "${toString a} ${toString b}" (a < b)) (builtins.genList (n: n / 5) 40)
