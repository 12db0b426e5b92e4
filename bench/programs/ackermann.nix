# Nested calls, as deep as max-call-depth allows.
let
  ackermann = m: n: if m == 0 then n + 1 else if n == 0 then ackermann (m - 1) 1 else ackermann (m - 1) (ackermann m (n - 1));
in
map (i: ackermann 2 (300 + i)) [ 1 2 3 4 5 6 7 8 9 10 11 12 ] ++ [ (ackermann 3 7) ]
