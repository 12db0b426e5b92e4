[
  (builtins.replaceStrings [ "a" "b" ] [ "b" "a" ] "aabb")
  (builtins.replaceStrings [ "aa" "a" ] [ "1" "2" ] "aaa")
  (builtins.replaceStrings [ "" ] [ "-" ] "abc")
  (builtins.replaceStrings [ "" ] [ "-" ] "")
  (builtins.replaceStrings [ "b" "" ] [ "B" "-" ] "abc")
  (builtins.replaceStrings [ ] [ ] "abc")
  (builtins.replaceStrings [ "x" ] [ (throw "unused") ] "abc")
  (builtins.replaceStrings [ "a" "a" ] [ "1" (throw "unused") ] "aa")
]
