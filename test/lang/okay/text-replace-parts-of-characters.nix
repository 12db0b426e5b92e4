builtins.replaceStrings [ "Ã" ] [ "x" ] "Ã©" == "x©"
