builtins.appendContext "a" { "/nix/store/2z2hg13zq3ajynnbhsxlr4ii0bh6rzbc-x" = { path = 1; }; }
