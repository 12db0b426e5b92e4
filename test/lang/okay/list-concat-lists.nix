with builtins; [ (concatLists [ ]) (concatLists [ [ ] [ 1 ] [ ] ]) (concatLists [ [ 1 2 ] [ 3 ] ]) (concatLists [ [ [ 1 ] ] [ 2 ] ]) ]
