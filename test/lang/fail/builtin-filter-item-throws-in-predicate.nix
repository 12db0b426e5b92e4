builtins.filter (x: x == 1) [ 1 (throw "an item") ]
