let b = rec { inherit (b.x) d; c = 1; }.d; in b
