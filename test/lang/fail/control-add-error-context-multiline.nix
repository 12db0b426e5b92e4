builtins.addErrorContext "two\nlines" (throw "inner")
