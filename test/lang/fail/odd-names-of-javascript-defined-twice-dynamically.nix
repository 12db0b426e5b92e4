{ constructor = 1; ${"constr" + "uctor"} = 2; }
