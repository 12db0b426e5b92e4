with builtins; [ (genList (x: x * x) 5) (genList (x: throw "not called") 0) (elemAt (genList (x: if x == 0 then throw "zero" else x) 3) 2) ]
