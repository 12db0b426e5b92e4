builtins.warn { __toString = self: "x"; } 2
