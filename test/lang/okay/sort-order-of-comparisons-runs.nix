let list = builtins.genList (n: if n < 20 then n else if n < 45 then 100 - n else n - 10) 60; in
builtins.sort (a: b: builtins.trace "${toString a} ${toString b}" (a < b)) list
