import ../files/none.nix
