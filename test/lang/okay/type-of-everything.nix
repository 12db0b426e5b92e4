map builtins.typeOf [ 1 1.0 true "s" /p null { } [ ] (x: x) map (map 1) ({ a }: a) ]
