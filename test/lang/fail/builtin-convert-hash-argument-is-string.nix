builtins.convertHash "md5-kAFQmDzST7DWlj99KOF/cg=="
