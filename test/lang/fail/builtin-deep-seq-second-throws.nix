builtins.deepSeq [ ] (throw "second")
