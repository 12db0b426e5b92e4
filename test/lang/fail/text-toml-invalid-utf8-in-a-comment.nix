builtins.fromTOML "a = 1
# ÿ
"
