1 + { __proto__ = 1; constructor = [ 2 ]; toString = { valueOf = x: x; }; }
