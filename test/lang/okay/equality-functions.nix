# Never equal, except where both are the very same item.
let f = x: x; in [ (f == f) ((x: x) == (x: x)) ([ f ] == [ f ]) ({ inherit f; } == { inherit f; }) (map == map) ]
