let x = [ x ]; in builtins.concatStringsSep "" x
