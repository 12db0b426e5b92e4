builtins.parseFlakeRef [ ]
