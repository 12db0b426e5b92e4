builtins.sort (throw "comparator") (throw "list")
