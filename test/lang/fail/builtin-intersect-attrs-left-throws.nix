builtins.intersectAttrs (throw "left") (throw "right")
