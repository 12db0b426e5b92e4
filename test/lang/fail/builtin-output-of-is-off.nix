builtins.outputOf
