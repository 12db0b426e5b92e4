[
  ({ outPath = throw "unused"; } ? outPath)
  (builtins.isFunction { __functor = throw "unused"; })
  (builtins.typeOf { __toString = throw "unused"; })
  ({ __functor = self: x: 1; } == { })
]
