builtins.listToAttrs (builtins.genList (n: { name = "v${toString n}"; value = n; }) 25)
