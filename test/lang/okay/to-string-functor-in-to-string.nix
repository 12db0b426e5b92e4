let s = { __toString = { __functor = _: self: "from ${self.name}"; }; name = "n"; }; in "${s}"
