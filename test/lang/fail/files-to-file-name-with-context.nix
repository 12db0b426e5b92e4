builtins.toFile "${../files/nul}" ""
