toString { outPath = { outPath = { __toString = self: "deep"; }; }; }
