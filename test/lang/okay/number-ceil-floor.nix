with builtins; [
  (ceil 1.2) (ceil (-1.2)) (ceil 3) (ceil 1.0) (ceil (-0.5))
  (floor 1.8) (floor (-1.2)) (floor 3) (floor 1.0) (floor 0.5)
  (ceil 4503599627370497.5) (floor 9007199254740992) (ceil (-9223372036854775807.0)) (floor 1.0e18)
]
