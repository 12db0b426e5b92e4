builtins.catAttrs "a" [ { } (throw "item") ]
