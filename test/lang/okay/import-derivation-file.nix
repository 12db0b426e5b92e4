# A `.drv` file that is not in the store is an ordinary file.
builtins.tryEval (builtins.pathExists ../files/none.drv)
