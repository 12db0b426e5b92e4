''
    a
  b
      c
  ''
