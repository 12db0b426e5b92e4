builtins.match "(?a)" "a"
