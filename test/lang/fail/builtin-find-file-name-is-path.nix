builtins.findFile [ ] ./a
