builtins ? exec
