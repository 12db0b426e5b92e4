[ (x: x) ({ a }: a) map (map (x: x)) (builtins.foldl' (a: b: a)) builtins.toString ]
