builtins.parseFlakeRef "odd+scheme://localhost/x"
