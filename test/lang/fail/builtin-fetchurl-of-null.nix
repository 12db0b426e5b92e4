builtins.fetchurl null
