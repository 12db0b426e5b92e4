let i = 1.0e308 * 10; nan = i - i; in [ i (-i) nan (toString i) (toString nan) (builtins.toXML nan) ]
