map toString [ 1 (-1) true false null "s" /a/b [ 1 2 ] [ [ 1 [ 2 ] ] [ ] "x" ] [ ] { outPath = "o"; } { __toString = s: "t"; } 1.5 ]
