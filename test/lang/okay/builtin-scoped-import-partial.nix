[ (scopedImport { }) (map (scopedImport { builtins = 1; }) [ ../files/function.nix ]) ]
