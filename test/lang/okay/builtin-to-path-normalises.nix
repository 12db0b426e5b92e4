map builtins.toPath [ "/a/../b/./c//d" /x/y "/" "/.." { outPath = "/a//b"; } ]
