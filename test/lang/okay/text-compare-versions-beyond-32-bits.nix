map (p: builtins.compareVersions (builtins.head p) (builtins.elemAt p 1)) [ [ "2147483647" "2147483648" ] [ "4294967296" "1" ] [ "99999999999" "999999999990" ] [ "2147483648" "a" ] ]
