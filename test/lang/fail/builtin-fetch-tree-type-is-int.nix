fetchTree { type = 1; }
