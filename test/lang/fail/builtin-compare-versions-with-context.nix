builtins.compareVersions (builtins.toFile "n" "t") "1"
