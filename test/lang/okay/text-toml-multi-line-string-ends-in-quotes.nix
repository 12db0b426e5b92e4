builtins.fromTOML "a = \"\"\"x\"\"\"\"
b = \"\"\"x\"\"\"\"\"
c = '''y''''
d = '''y'''''
"
