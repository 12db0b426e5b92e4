a: { inherit (a) "b${a}"; }
