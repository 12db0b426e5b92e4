map builtins.typeOf [ 1 1.5 true null "" /. [ ] { } (x: x) map (map 1) { __functor = 1; } (derivation { name = "n"; builder = "b"; system = "s"; }) ]
