{ value = import ./other.nix; broken = import ./throws.nix; missing = import ./nowhere.nix; }
