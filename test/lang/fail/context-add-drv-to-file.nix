builtins.addDrvOutputDependencies "${../files/nul}"
