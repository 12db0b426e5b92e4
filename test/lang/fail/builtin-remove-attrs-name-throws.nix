removeAttrs { a = 1; } [ "a" (throw "a name") ]
