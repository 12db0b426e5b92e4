builtins.flakeRefToString { type = "github"; owner = "a"; repo = "b"; url = "c"; }
