let
  f = a: b: if a > 0 then { x = b; y = a; } else { };
  run = n: "${f (n - 1) (n + 1)}";
in
run 5
