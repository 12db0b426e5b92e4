let f = builtins.match "a(.*)"; in [ (f "ab") (f "b") ]
