[
  (builtins.builtins.builtins.length [ 1 ])
  (builtins == builtins)
  (builtins ? builtins)
  (builtins.builtins.builtins ? __proto__)
  (builtins ? toString && builtins ? constructor == false)
  (map builtins.isFunction [ builtins.map (builtins.map 1) builtins { __functor = 1; } ])
]
