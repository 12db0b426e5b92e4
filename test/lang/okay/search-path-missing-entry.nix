let path = [ { path = "/none"; prefix = "a"; } { path = toString ../files; prefix = "a"; } { path = "/never-looked-at"; prefix = "b"; } ]; in
[ (builtins.findFile path "a/tree") (builtins.findFile path "a/tree/a.txt") ]
