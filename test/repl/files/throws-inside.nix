{ a = throw "only a"; b = 2; }
