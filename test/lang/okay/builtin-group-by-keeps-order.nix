builtins.groupBy (x: if x < 3 then "low" else "high") [ 5 1 4 2 3 ]
