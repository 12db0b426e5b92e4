[ ([ 3 1 2 ] |> builtins.sort builtins.lessThan |> map (x: x * 2)) (toString <| 1 + 1) ((x: x + 1) <| (x: x * 2) <| 5) ]
