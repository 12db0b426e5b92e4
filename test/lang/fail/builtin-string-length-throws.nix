builtins.stringLength (throw "text")
