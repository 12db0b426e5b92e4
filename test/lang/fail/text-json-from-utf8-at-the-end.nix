builtins.fromJSON "\"ğŸ"
