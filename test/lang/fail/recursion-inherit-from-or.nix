let b = { inherit (b) d; }.d or 1; in b
