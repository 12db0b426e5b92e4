[ (break 1) (builtins.isFunction break) (break (x: x) 5) ]
