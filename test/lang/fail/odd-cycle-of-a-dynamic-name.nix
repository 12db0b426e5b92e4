let x = { ${x.a} = 1; a = "b"; }; in x
