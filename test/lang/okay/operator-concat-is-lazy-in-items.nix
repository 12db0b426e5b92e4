builtins.length ([ (throw "a") ] ++ [ (throw "b") (throw "c") ])
