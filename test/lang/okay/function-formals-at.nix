let
  f = args@{ a, b ? 2, ... }: [ args a b ];
  g = { a, ... }@args: args;
in [ (f { a = 1; c = 3; }) (g { a = 1; z = 2; }) ]
