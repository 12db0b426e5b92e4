let i = 1.0e308 * 10; in builtins.toJSON [ i (-i) (i - i) ]
