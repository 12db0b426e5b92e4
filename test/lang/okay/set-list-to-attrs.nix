builtins.listToAttrs [ { name = "b"; value = 1; } { name = "a"; value = 2; } { name = "b"; value = throw "the first counts"; } { name = "c"; value = 3; extra = throw "unused"; } ]
