map builtins.isPath [ ./a (./a + "/b") (./a + ./b) ("/a" + ./../files/greeting.nix) "${./../files/greeting.nix}" (builtins.toPath ./a) (dirOf ./a) (baseNameOf ./a) ]
