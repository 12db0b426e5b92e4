import ../files/throws.nix
