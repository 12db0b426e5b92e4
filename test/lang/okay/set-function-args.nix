with builtins; [
  (functionArgs ({ a, b ? 1, ... }: a)) (functionArgs (x: x)) (functionArgs ({ }: 1)) (functionArgs (args@{ z, y ? 2 }: 1))
  (functionArgs map) (functionArgs (map (x: x))) (functionArgs (a: { b }: b)) (functionArgs ((a: { b }: b) 1))
]
