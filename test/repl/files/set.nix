{ a = 1; b = 2; "odd name" = 3; "if" = 4; }
