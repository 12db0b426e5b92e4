builtins.sort (a: b: builtins.trace "${toString a} ${toString b}" (a < b)) [ 2 1 ]
