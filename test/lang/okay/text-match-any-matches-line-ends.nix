map (builtins.match "a.b") [ "a\nb" "axb" "ab" ]
