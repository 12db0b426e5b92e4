with builtins; [
  (intersectAttrs { a = 1; b = 2; } { b = 3; c = 4; })
  (intersectAttrs { } { a = 1; })
  (intersectAttrs { a = throw "left"; b = 1; c = 1; d = 1; } { a = 5; })
  (intersectAttrs { a = 1; } { a = 2; b = 3; c = 4; })
]
