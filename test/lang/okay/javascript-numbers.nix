let
  ops = a: b: [ (a + b) (a - b) (a * b) (if b == 0 then null else a / b) (a < b) (a <= b) (a == b) (a != b) (-a) ];
  values = [ 0 1 (-1) 7 (-7) 1.5 (-0.5) 9007199254740991 (-9007199254740991) 9007199254740993 4611686018427387904 ];
  small = [ 0 1 (-3) 2.5 ];
  texts = a: b: [ (a + b) "${a}${b}" (a < b) (a == b) ];
in
[
  (map (a: map (b: (builtins.tryEval (builtins.deepSeq (ops a b) (ops a b))).value) small) small)
  (map (a: [ (a + 1) (a - 1) (a < 5) ]) values)
  (map (a: map (texts a) [ "" "a" "ü" ]) [ "" "b" ])
]
