[ (isNull null) (builtins.isNull (builtins.match "a" "b")) (map isNull [ null 0 "" [ ] { } ]) ]
