with builtins; [ (hasAttr "a" { a = 1; }) (hasAttr "b" { a = 1; }) (getAttr "a" { a = 1; }) (hasAttr "x y" { "x y" = 1; }) (hasAttr "a" { a = throw "x"; }) ]
