let a = { b = { c = { d = 1 + null; }; }; }; in a
