map builtins.parseDrvName [ "a-1.2" "a-b" "a" "" "-1" "a-1-b-2" "nix-2.3pre1" "a-.1" ]
