{ a = 1; b = throw "in b"; } == { a = 1; b = 2; }
