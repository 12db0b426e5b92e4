builtins.fromTOML "a = 1 # x
[b] # y
c = [1] # z
"
