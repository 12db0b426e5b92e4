builtins.replaceStrings [ "" "b" ] [ "-" "1" ] "abc"
