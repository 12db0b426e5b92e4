let
  f = n: if n == 0 then "end" else f (n - 1);
  g = n: if n == 0 then "" else "${g (n - 1)}";
  h = n: if n == 0 then 0 else 1 + h (n - 1);
  i = { n, x ? if n == 0 then "end" else i { n = n - 1; } }: x;
  j = n: if n == 0 then [ ] else [ (j (n - 1)) ];
  k = { __functor = self: n: if n == 0 then "end" else self (n - 1); };
in
[ (f 9990) (g 9990) (h 9990) (i { n = 4990; }) (builtins.stringLength (builtins.toJSON (j 4990))) (j 4990 == j 4990) (k 4990) ]
