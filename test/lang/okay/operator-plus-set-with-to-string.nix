let s = { __toString = self: "<${self.x}>"; x = "me"; }; in [ (s + "a") ("a" + s) (s + s) ]
