builtins.exec [ ]
