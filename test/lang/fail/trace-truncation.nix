let a = { b = { c = { d = { e = throw "deep"; }; }; }; }; in a
