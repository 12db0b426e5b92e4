let list = builtins.genList (n: if n / 2 * 2 == n then n else 200 - n) 150; in
builtins.sort (a: b: builtins.trace "${toString a} ${toString b}" (a < b)) list
