scopedImport { } ../files/greeting.nix { greet = "x"; }
