let n = "x"; in { ${n} = 1; "${n}y" = 2; ${n + "z"}.deep = 3; ${null} = throw "not there"; "lit" = 4; }
