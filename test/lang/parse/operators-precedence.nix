a: b: c: d: [
  (a -> b -> c) (a || b || c) (a && b && c) (a // b // c) (a ++ b ++ c) (a + b + c) (a - b - c) (a * b * c) (a / b / c)
  (a -> b || c && d) (a && b || c -> d) (a == b && c != d) (a < b == c > d) (a // b < c // d) (a <= b != c >= d)
  (a + b // c + d) (a * b + c * d) (a + b * c - d) (a - b * c + d) (a ++ b * c ++ d) (a * b ++ c) (a ++ b ? c)
  (a ? b ++ c) (a ? b == c ? d) (!a ? b) (!a == b) (a == !b) (a + !b + c) (a + !b == c) (!a // b) (a // !b // c)
  (-a ? b) (-a + b) (a + -b + c) (-a * b) (a - -b) (- - a) (!!a) (!-a) (-a b) (!a b) (a ++ -b) (-a ++ b)
  (a b + c d) (a b c d) (a (b c) d) (a.b c.d) (a.b.c ? d.a) (a ? b.c.d) (a ? "b".${c}."x${d}")
  (a - 1) (a -1) (-1) (a-1: a-1) (a / b) (a /b) (1 / 2) (1/2) (1+2) (1 + 2 * 3 - 4 / 5) (a<b) (a < b)
  (a + b == c + d && a != b || c -> d // a) (a // b ? c // d) (if a then b else c + d) (a + (if b then c else d))
]
