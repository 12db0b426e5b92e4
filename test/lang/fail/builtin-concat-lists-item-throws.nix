builtins.concatLists [ [ 1 ] (throw "one of the lists") ]
