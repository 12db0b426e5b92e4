let x = { __toString = self: self; }; in toString x
