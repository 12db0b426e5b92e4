builtins.genericClosure { startSet = throw "start"; operator = throw "operator"; }
