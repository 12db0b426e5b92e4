builtins.getEnv "${../files/nul}"
