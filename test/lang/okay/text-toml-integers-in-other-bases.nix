builtins.fromTOML "a = [0xDEAD_beef, 0o755, 0b1101, 0x0, 0x7fffffffffffffff]
"
