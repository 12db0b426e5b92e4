# All four comparisons are made of __lessThan.
let __lessThan = a: b: builtins.trace "less than ${toString a} ${toString b}" (builtins.lessThan a b); in
[ (1 < 2) (1 > 2) (1 <= 2) (1 >= 2) ]
