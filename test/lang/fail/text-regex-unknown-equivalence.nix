builtins.match "[[=foo=]]" "a"
