builtins.fromTOML "a = 'C:\\path \"x\" \\u0041'
"
