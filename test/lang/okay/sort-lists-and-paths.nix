with builtins; [ (sort lessThan [ [ 2 ] [ 1 2 ] [ 1 ] [ ] ]) (sort lessThan [ /b /a /a/b ]) ]
