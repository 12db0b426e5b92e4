builtins.warn { outPath = "no coercion"; } 1
