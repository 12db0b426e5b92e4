# A hundred thousand numbers in no order, by a function, and strings.
let
  inherit (builtins) elemAt foldl' genList head length lessThan sort toString;
  random = genList (n: (n * 1103515245 + 12345) - (n * 1103515245 + 12345) / 65536 * 65536) 300000;
in
[
  (head (sort lessThan random))
  (head (sort (a: b: a > b) random))
  (head (sort (a: b: a < b) (map toString (genList (n: elemAt random n) 100000))))
]
