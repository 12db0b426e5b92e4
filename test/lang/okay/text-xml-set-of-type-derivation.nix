builtins.toXML [ { type = "derivation"; } { type = "derivation"; drvPath = "/d"; outPath = "/o"; a = 1; } { type = "other"; } ]
