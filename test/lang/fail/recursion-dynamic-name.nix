let s = { ${s.n} = 1; n = "x"; }; in s.x
