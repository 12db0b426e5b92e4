[
  (builtins.unsafeDiscardStringContext { outPath = "o"; })
  (builtins.hasContext (builtins.unsafeDiscardStringContext (builtins.toFile "n" "t")))
  (builtins.unsafeDiscardStringContext (builtins.toFile "n" "t"))
]
