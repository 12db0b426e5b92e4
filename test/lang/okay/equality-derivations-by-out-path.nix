let d = outPath: rest: { type = "derivation"; inherit outPath; } // rest; in [
  (d "/a" { x = 1; } == d "/a" { y = 2; })
  (d "/a" { } == d "/b" { })
  ({ type = "derivation"; x = 1; } == { type = "derivation"; x = 1; })
  (d "/a" { f = x: x; } == d "/a" { f = x: x; })
  (d "/a" { } == { type = "other"; outPath = "/a"; })
]
