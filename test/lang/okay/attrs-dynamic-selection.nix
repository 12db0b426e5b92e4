let s = { a.b = 1; "x.y" = 2; }; n = "a"; in [ s.${n}.b s."${n}".b s."x.y" s.${"x" + ".y"} ]
