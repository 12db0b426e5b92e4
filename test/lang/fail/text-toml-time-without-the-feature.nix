builtins.fromTOML "x = 1
a = [07:32:00]
"
