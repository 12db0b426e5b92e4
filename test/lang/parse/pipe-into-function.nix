a: a |> x: x
