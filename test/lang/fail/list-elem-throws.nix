builtins.elem 1 [ 0 (throw "item") ]
