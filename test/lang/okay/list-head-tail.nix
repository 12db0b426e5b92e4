with builtins; [ (head [ 1 2 ]) (tail [ 1 2 3 ]) (tail [ 1 ]) (length (tail [ (throw "a") (throw "b") ])) ]
