builtins.addErrorContext "" (throw "inner")
