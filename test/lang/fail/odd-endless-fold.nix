let f = a: b: builtins.foldl' f a [ b ]; in f 1 2
