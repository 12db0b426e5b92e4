let
  check = a: b: if a.x && (b || !a.y) then a.z + 1 else 0;
in
[ (check { x = true; y = false; z = 1; } false) (check { x = true; y = true; z = "a"; } true) ]
