builtins.toXML { __functor = self: x: x; outPath = "/o"; __toString = self: "x"; }
