map (builtins.match "[^ab]+") [ "cd" "ca" "\n" ]
