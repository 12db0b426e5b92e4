[
  ''
    one
      two
    three
  ''
  ''single''
  ''
    a

    b
  ''
  ''  keeps
      common
     least''
]
