import ./odd-endless-import.nix
