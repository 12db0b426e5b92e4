[ (builtins.getEnv "SURELY_NOT_SET") builtins.getEnv (builtins.getEnv "") ]
