import ../files/traced.nix + import ../files/traced.nix
