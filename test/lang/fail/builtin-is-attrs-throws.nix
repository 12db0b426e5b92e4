builtins.isAttrs (throw "for a type")
