builtins.parseFlakeRef "git+https://localhost/repo?ref=main&rev=0123456789012345678901234567890123456789"
