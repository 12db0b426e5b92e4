[ <a> <a/b> <a.b/c-d_e+f> <nixpkgs/nixos> (<a> 1) (1<2) (a: b: a<b) (a: a <b> a) ]
