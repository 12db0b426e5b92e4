let s = builtins.listToAttrs (builtins.genList (n: { name = "k${toString n}"; value = n; }) 200); in
[ s.k0 s.k199 (builtins.length (builtins.attrNames s)) (s ? k200) (removeAttrs s (builtins.filter (n: n != "k7") (builtins.attrNames s))) ]
