builtins.listToAttrs (throw "list")
