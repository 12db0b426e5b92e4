scopedImport 1 ../files/greeting.nix
