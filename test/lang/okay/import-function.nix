(import ../files/function.nix) { a = 1; b = 2; }
