toString (throw "value")
