map builtins.functionArgs [
  (x: x) ({ }: 1) ({ a, b ? 1 }: 1) ({ a, ... }@all: 1) (all@{ z ? throw "lazy", y ? 2 }: 1) map (map 1) derivation
]
