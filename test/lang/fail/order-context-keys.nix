builtins.appendContext "x" { zzz = { }; aaa = { }; }
