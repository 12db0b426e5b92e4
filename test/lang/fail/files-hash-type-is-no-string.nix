builtins.hashFile 1 ../files/nul
