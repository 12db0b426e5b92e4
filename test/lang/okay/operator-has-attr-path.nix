let s = { a.b.c = 1; "x y" = 2; d = 5; }; n = "b"; in [
  (s ? a)
  (s ? a.b.c)
  (s ? a.z.c)
  (s ? d.e)
  (s ? "x y")
  (s ? a.${n}.c)
  (s ? a."${n}".q)
  (1 ? a)
  ([ ] ? a)
  (null ? a.b)
]
