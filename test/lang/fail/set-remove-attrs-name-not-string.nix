removeAttrs { } [ "a" 1 ]
