builtins.mapAttrs (n: v: throw "mapped ${n}") { x = 1; }
