builtins.fromTOML "a = [ # first
  1, # one

  2,
  # last
]
"
