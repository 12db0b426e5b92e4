builtins.concatMap (x: x) (
  builtins.sort (a: b: true) [
    { }
    { }
  ]
)
