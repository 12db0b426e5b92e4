builtins.warn "${builtins.toFile "n" "t"}" 1
