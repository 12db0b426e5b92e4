let
  max = 9223372036854775807;
  min = -9223372036854775807 - 1;
in
[
  max
  min
  (max + min)
  (min + max)
  (-max)
  (max - max)
  (max / (-1))
  (min / 1)
  (builtins.bitAnd min max)
  (builtins.bitXor min max)
  (builtins.bitOr min (-1))
  (max == max + 0.0)
  (min < max)
  (builtins.lessThan max min)
  (toString min)
  (builtins.toJSON [ min max ])
  (builtins.fromJSON "[-9223372036854775808,9223372036854775807]" == [ min max ])
  (4611686018427387904 * (-2))
  (-7 / 2)
  (7 / (-2))
]
