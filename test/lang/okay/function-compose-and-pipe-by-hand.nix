let compose = f: g: x: f (g x); inc = x: x + 1; double = x: x * 2; in [ (compose inc double 5) (compose double inc 5) ]
