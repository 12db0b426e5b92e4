a: (a |> a <| a)
