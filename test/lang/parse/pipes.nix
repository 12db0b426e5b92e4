a: f: g: [ (a |> f) (a |> f |> g) (f <| a) (f <| g <| a) (f a |> g 1 |> f) (f 1 <| g 2 <| a) (a -> f |> g) (f <| a -> g)
  (a || f |> g) (x: x |> f) ((x: x) |> f) (if a then f else g |> f) (a ++ a |> f) ]
