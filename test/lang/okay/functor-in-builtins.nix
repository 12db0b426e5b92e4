let f = { __functor = self: x: x > 1; }; in [
  (builtins.filter f [ 1 2 3 ]) (builtins.all f [ 2 3 ]) (builtins.any f [ 0 1 ]) (builtins.isFunction f)
  (builtins.partition f [ 1 2 ])
]
