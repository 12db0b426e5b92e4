map builtins.readFileType [ ../files/tree ../files/greeting.nix ../files/tree/link ../files/tree/dangling ]
