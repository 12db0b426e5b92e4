map builtins.parseDrvName [ "nix-0.12pre12876" "a-b-1.2-x" "a" "a-" "-1" "" "a-b" "a--1" "x-é-1" "a-1-2" "a-.1" ]
