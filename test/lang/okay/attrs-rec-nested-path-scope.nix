rec { a.b = x; x = 1; }
