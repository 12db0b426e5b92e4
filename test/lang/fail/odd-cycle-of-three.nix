let a = b; b = c; c = a + 1; in a
