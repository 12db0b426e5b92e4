map (builtins.match "(a*)*b|(c*)") [ "c" ]
