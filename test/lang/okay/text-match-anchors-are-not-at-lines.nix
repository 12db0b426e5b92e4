map (builtins.match "a\n^b$\nc|(.*)") [ "a\nb\nc" ]
