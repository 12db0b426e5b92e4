builtins.filter null (throw "list first")
