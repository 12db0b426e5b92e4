with builtins; map parseDrvName [ "hello-2.12" "nix-0.12pre12876" "a-b-c" "a-b-1-2" "hello" "" "-1" "a-" "a--1" "x-é" "a-.b" "foo-1.0-bar" ]
