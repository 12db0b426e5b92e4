[ (builtins.readDir ../files/tree) (builtins.readDir ../files/tree/folder-link) ]
