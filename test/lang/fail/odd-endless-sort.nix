let f = a: b: builtins.sort f [ a b ]; in f 1 2
