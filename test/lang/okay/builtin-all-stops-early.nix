[
  (builtins.all (x: x < 2) [ 1 2 (throw "not reached") ])
  (builtins.any (x: x > 1) [ 1 2 (throw "not reached") ])
  (map (builtins.all (x: x)) [ [ ] [ true ] [ true false ] ])
]
