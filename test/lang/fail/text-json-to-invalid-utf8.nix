builtins.toJSON "abÿc"
