builtins.mapAttrs (name: value: name + value) { ok = ""; bad = 1; }
