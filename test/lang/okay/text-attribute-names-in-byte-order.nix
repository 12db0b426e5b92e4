builtins.attrNames { b = 1; B = 1; "10" = 1; "9" = 1; "é" = 1; "ﾞ" = 1; "😀" = 1; }
