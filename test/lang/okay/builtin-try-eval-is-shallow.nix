let result = builtins.tryEval { a = throw "later"; }; in
[ result.success (builtins.attrNames result.value) ]
