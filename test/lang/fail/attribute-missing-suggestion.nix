{ colour = 1; color = 2; colon = 3; }.colr
