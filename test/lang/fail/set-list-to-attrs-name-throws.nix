builtins.listToAttrs [ { name = throw "name"; value = 1; } ]
