let s = { a = 1; b = throw "b"; }; in [ (s.a or (throw "not reached")) (s ? b) ]
