with builtins;
let values = [ 1 1.5 true "s" /p null { } [ ] (x: x) map (map 1) ]; in
map (f: map f values) [ isAttrs isBool isFloat isFunction isInt isList isNull isPath isString ]
