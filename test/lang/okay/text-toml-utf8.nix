builtins.fromTOML "a = \"é€😀\"
'é' = '€'
"
