let
  f = a: b: if a > 0 then { x = b; } else { };
  g = f 1;
  run = n: "${g (n - 1)}";
in
run 5
