[ (break 1) (builtins.isFunction break) (let f = break (x: x); in 5) ]
