builtins.concatStringsSep "," [ "a" (throw "item") ]
