[
  (builtins.readFile ../files/tree/a.txt)
  (builtins.readFile "${toString ../files}/tree/sub/b.txt")
  (builtins.readFile ../files/tree/link)
  (builtins.readFile { outPath = ../files/tree/a.txt; })
  (builtins.readFile { __toString = self: toString ../files/tree/link; })
  (builtins.stringLength (builtins.readFile ../files/tree/run))
]
