builtins.match "${builtins.toFile "f" "x"}" "a"
