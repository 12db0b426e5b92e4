builtins.replaceStrings [ "a" ] [ "b" ] [ ]
