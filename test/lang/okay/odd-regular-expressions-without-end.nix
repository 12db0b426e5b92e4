let
  many = builtins.concatStringsSep "" (builtins.genList (i: "a") 10);
in
[
  (builtins.match "(a*)*b" many)
  (builtins.match "(a|a)*b" many)
  (builtins.match "(a+)+" many)
  (builtins.match "((a)|(b))*" "ab")
  (builtins.match "(a|ab)(c|bcd)(d*)" "abcd")
  (builtins.split "" "ab")
  (builtins.split "(x*)" "axb")
  (builtins.match "()*" "")
]
