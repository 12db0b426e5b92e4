builtins.toJSON "\"\\/\${a}'<>&"
