builtins.genericClosure { startSet = [ ]; operator = throw "not looked at"; }
