[ (builtins.sort (a: b: true) (builtins.genList (n: n) 40)) (builtins.sort (a: b: false) (builtins.genList (n: 40 - n) 20)) ]
