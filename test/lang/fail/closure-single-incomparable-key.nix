builtins.deepSeq (builtins.genericClosure { startSet = [ { key = { }; } ]; operator = x: [ ]; }) (throw "one key is never compared")
