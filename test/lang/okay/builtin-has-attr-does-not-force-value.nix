[ (builtins.hasAttr "a" { a = throw "lazy"; }) (builtins.hasAttr "b" { a = 1; }) (map (builtins.hasAttr "") [ { "" = 1; } { } ]) ]
