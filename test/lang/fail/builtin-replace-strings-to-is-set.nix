builtins.replaceStrings [ "a" ] { } "abc"
