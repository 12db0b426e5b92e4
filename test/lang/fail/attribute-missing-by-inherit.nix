let s = { ab = 1; }; in { inherit (s) ac; }
