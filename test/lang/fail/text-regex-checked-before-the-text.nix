builtins.split "(" (throw "the text")
