let z = x: x; or = 1; in
[ z or ]
