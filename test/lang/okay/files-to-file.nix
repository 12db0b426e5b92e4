[
  (builtins.toFile "text" "some text\n")
  (builtins.toFile "empty" "")
  (builtins.toFile "refers" "to ${../files/tree}")
  (builtins.toFile "bytes" "é€\t")
]
