with builtins; [ (groupBy toString [ 1 2 1 ]) (groupBy (x: "k") [ ]) (groupBy (x: substring 0 1 x) [ "bb" "a" "bc" ]) ]
