let b = let inherit (b) d; in d; in b
