builtins.fromTOML "a = '''abc
"
