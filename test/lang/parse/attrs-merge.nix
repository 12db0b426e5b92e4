x: {
  a.b = 1;
  a.c = 2;
  a = { d = 3; e.f = 4; };
  a.e.g = 5;
  h = rec { i = 1; };
  h.j = 2;
  h = { k = 3; };
  l.m = 1;
  l = rec { n = 2; };
  o = { inherit x; inherit (x) p q; };
  o.r = 1;
  o = { inherit (x.s) t; inherit (x.u) v; ${x.d1} = 1; };
  o.${x.d2} = 2;
  o = { ${x.d3}.z = 3; };
  y.${x.d1}.a = 1;
  y.${x.d1}.b = 2;
}
