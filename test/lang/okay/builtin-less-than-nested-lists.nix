[
  (builtins.lessThan [ 1 [ 2 ] ] [ 1 [ 3 ] ])
  (builtins.lessThan [ ] [ (throw "not looked at") ])
  (builtins.lessThan [ 1 (throw "not looked at") ] [ 2 ])
  (builtins.lessThan [ 1 1 ] [ 1 ])
  (builtins.lessThan [ "a" ./x ] [ "a" ./y ])
]
