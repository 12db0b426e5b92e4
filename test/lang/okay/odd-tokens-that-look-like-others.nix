let
  a = 8;
  b = 2;
  or = x: x;
in
[
  (a / b)
  (a/ b)
  (a -b)
  (builtins.typeOf a/b)
  (x:x)
  (builtins.typeOf (x: x))
  { or = 1; }.or
  ({ }.or or 2)
  ({ }.a.b.c or 3)
  (a < b)
  (a==8)
  (!true||true)
]
