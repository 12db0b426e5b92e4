builtins.zipAttrsWith "f" [ ]
