let r = rec { n = "k"; v = 1; ${"x" + "y"} = v; }; in r
