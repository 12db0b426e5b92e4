builtins.substring 0 (throw "length") (throw "text")
