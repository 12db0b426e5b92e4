import "files/greeting.nix"
