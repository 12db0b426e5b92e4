builtins.mapAttrs (name: builtins.trace name) (builtins.fromJSON ''{ "zz": 1, "yy": { "xx": 2 }, "ww": 3, "xx": 4 }'')
