builtins.foldl' (acc: x: acc // { ${x} = builtins.length (builtins.attrNames acc); }) { } [ "b" "a" ]
