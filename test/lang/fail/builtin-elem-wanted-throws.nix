builtins.elem (throw "wanted") [ 1 ]
