[ (baseNameOf ./x) (dirOf ./x == ./.) (toString ../okay == toString ./.) (builtins.typeOf ./foo) ]
