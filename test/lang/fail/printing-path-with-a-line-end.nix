builtins.filter 1 ./tree/${"\n"}
