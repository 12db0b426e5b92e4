builtins.hashFile "sha255" ../files/greeting.nix
