map import [ ../files/function.nix (toString ../files/function.nix) { outPath = toString ../files/function.nix; } ]
