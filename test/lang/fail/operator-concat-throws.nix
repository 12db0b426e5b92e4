[ 1 ] ++ (throw "no list")
