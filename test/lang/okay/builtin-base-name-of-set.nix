[ (baseNameOf { outPath = "/a/b"; }) (baseNameOf { __toString = self: "c/d"; }) ]
