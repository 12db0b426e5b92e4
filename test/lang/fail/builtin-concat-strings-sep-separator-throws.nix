builtins.concatStringsSep (throw "separator") [ ]
