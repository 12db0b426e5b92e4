let file = builtins.toFile "n" "t"; in
map builtins.hasContext [ "" file "${file}x" (builtins.unsafeDiscardStringContext file) (toString ./a) "${../files/greeting.nix}" ]
