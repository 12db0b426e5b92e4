let l = map (x: builtins.head l) [ 1 ]; in l
