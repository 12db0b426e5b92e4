map (builtins.match "(a*)(a*)") [ "aaa" ]
