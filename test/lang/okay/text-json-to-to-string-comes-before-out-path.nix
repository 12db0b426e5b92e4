builtins.toJSON { __toString = self: "text ${self.a}"; a = "x"; outPath = "/o"; }
