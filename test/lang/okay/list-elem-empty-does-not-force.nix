builtins.elem (throw "not needed") [ ]
