let i = 1.0e308 * 10; invalid = i - i; plain = (builtins.fromTOML "a = nan").a; in [ invalid plain (0 - plain) (-invalid) (plain + invalid) (invalid + plain) (2 * invalid) (0 * i) ]
