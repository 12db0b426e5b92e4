# Recursion nearly as deep as max-call-depth allows, again and again.
let
  sum = n: if n == 0 then 0 else n + sum (n - 1);
in
builtins.foldl' (total: _: total + sum 9000) 0 (builtins.genList (i: i) 200)
