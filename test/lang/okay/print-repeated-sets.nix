let s = { a = 1; b = 2; }; f = { a, b ? 1 }: a; in [
  s
  (if true then s else { })
  (s // { })
  ({ } // s)
  (removeAttrs s [ "z" ])
  (removeAttrs s [ ])
  (builtins.intersectAttrs s s)
  (builtins.mapAttrs (n: v: v) s)
  (builtins.functionArgs f)
  (builtins.functionArgs f)
  (builtins.tryEval (throw "x"))
  (builtins.tryEval (throw "x"))
]
