map builtins.fromJSON [ "null" "true" "false" "\"\"" "0" ]
