let b = { inherit (b) d; }.d; in b
