map (startSet: map (x: x.key) (builtins.genericClosure { inherit startSet; operator = x: [ ]; })) [
  [ { key = [ 2 1 ]; } { key = [ 1 2 ]; } { key = [ 2 1 ]; } { key = [ 1 ]; } { key = [ ]; } ]
  [ { key = /b; } { key = /a; } { key = /b; } ]
  [ { key = 1; } { key = 1.0; } { key = 2.5; } { key = 2; } { key = 9223372036854775807; } ]
]
