let a = 1; s = { "b c" = 2; }; in { inherit "a"; inherit (s) "b c"; } // { inherit ${"a"}; }
