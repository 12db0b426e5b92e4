builtins.fromTOML "\"a b\" = 1
'c.d' = 2
\"\" = 3
'\"' = 4
\"\\u00e9\" = 5
"
