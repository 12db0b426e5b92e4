builtins.exec "echo 1"
