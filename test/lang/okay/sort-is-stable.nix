let items = map (n: { k = n - n / 7 * 7; i = n; }) (builtins.genList (n: n * 5) 40); in
map (x: "${toString x.k}:${toString x.i}") (builtins.sort (a: b: a.k < b.k) items)
