x: { x.y = 1; inherit x; }
