builtins.attrNames ({ a }: a)
