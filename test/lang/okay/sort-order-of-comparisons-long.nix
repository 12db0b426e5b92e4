let list = builtins.genList (n: let m = n * 37; in m - m / 41 * 41) 41; in
builtins.sort (a: b: builtins.trace "${toString a} ${toString b}" (a < b)) list
