map (builtins.match "a^b|a$b|(^ab$)") [ "ab" ]
