scopedImport (throw "scope") ../files/greeting.nix
