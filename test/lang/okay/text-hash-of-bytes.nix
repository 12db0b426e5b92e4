builtins.hashString "sha256" "ÿþ\n"
