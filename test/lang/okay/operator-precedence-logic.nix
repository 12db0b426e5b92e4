[
  (true || false && false)
  (!true || true)
  (!(true || true))
  (false -> false -> false)
  ((false -> false) -> false)
  (true && false || true)
  (1 + 1 == 2 && 2 < 3)
  (!false == true)
]
