builtins.mapAttrs (n: { a }: a) { x = { }; }
