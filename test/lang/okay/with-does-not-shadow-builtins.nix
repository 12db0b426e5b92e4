with { map = 1; true = 2; null = 3; }; [ (map (x: x) [ ]) true null ]
