let
  list = builtins.genList (i: if i == 0 then 0 else builtins.elemAt list (i - 1) + 1) 3000;
  count = builtins.foldl' (sum: i: sum + 1) 0 (builtins.genList (i: i) 100000);
  delayed = builtins.foldl' (set: i: { x = set.x + 1; }) { x = 0; } (builtins.genList (i: i) 20000);
in
[ (builtins.elemAt list 2999) count delayed.x ]
