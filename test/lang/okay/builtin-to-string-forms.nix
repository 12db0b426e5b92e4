map toString [ 1 (-1) 1.5 1.0e10 true false null [ ] [ 1 [ 2 [ ] ] "x" ] /a/b "s" { outPath = "o"; } { __toString = self: self.x; x = "X"; outPath = "unused"; } ]
