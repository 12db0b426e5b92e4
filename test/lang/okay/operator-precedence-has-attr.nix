# `?` binds tighter than `!`, `==` and `//`, but looser than application.
let f = x: { y = x; }; in [
  (!{ } ? a)
  ({ a = 1; } ? a == true)
  ((f 1) ? y)
  (f 1 ? y)
  (-1 < 2 == true)
]
