toString { __toString = 1; outPath = "/o"; }
