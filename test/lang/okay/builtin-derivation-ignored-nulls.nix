let make = attrs: (derivation ({ name = "n"; builder = "b"; system = "s"; } // attrs)).drvPath; in
[
  (make { __ignoreNulls = true; a = null; } == make { })
  (make { a = null; } == make { a = ""; })
  (make { __ignoreNulls = false; a = null; } == make { a = null; })
]
