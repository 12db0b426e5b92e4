builtins.hashFile (throw "algorithm") ../files/greeting.nix
