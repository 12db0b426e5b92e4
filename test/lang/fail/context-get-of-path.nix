builtins.getContext ../files/nul
