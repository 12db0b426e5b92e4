[
  (builtins.replaceStrings [ "" ] [ "-" ] "abc")
  (builtins.replaceStrings [ "" "a" ] [ "-" "x" ] "abc")
  (builtins.replaceStrings [ "a" "" ] [ "x" "-" ] "abc")
  (builtins.replaceStrings [ "" ] [ "-" ] "")
  (builtins.replaceStrings [ "ab" "a" ] [ "1" "2" ] "aab")
  (builtins.replaceStrings [ "a" "ab" ] [ "1" "2" ] "aab")
  (builtins.replaceStrings [ "z" ] [ (throw "unused") ] "abc")
  (builtins.replaceStrings [ ] [ ] "abc")
  (builtins.replaceStrings [ "a" "a" ] [ "1" (throw "unused") ] "aa")
]
