map (builtins.split "b|ab+") [ "abbb" ]
