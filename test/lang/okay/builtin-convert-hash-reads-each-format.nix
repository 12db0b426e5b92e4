map (hash: builtins.convertHash { inherit hash; hashAlgo = "md5"; toHashFormat = "base16"; }) [
  "900150983cd24fb0d6963f7d28e17f72"
  "kAFQmDzST7DWlj99KOF/cg=="
  "md5-kAFQmDzST7DWlj99KOF/cg=="
  "md5:900150983cd24fb0d6963f7d28e17f72"
]
