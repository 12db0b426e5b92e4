builtins.fetchurl (throw "url")
