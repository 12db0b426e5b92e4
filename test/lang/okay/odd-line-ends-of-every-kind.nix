# one[
  1 # two  2 # three
  ''
    a
      b
  ''
  "c
de"
  /* fg */ 3
]
