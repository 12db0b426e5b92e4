builtins.fromTOML "a = \"x\ty\"
b = 'x\ty'
"
