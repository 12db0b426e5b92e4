with builtins; [ (mapAttrs (n: v: "${n}=${toString v}") { b = 1; a = 2; }) (mapAttrs (throw "not needed") { }) (mapAttrs (n: v: throw "x") { a = 1; } ? a) ]
