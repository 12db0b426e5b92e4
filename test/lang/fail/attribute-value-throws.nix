let s = { a.b = throw "deep"; }; in s.a.b
