a: ''
    x ${
  a
} y
    z
''
