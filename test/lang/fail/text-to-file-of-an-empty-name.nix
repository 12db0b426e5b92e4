builtins.toFile "" ""
