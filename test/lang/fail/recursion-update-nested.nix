let s = { a = 1; } // ({ b = 2; } // s); in s.a
