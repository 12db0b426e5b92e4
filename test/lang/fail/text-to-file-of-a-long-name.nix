builtins.toFile (builtins.concatStringsSep "" (builtins.genList (_: "n") 212)) ""
