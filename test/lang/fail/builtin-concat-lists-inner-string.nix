builtins.concatLists [ [ 1 ] "23" ]
