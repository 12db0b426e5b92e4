let at = builtins.elemAt [ 1 (throw "two") 3 ]; in
[ at (at 0) (at 2) ]
