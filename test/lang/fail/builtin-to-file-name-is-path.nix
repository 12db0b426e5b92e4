builtins.toFile ./a "text"
