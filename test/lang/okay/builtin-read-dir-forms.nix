[ (builtins.readDir ../files/tree) (builtins.readDir (toString ../files/tree/folder-link)) builtins.readDir ]
