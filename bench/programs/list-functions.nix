# map, filter, concatMap, partition, elem, all, any over long lists.
let
  inherit (builtins) all any concatMap elem filter foldl' genList head length partition tail;
  numbers = genList (n: n) 600000;
  small = filter (n: n / 3 * 3 == n) (map (n: n + 1) numbers);
  pairs = concatMap (n: [ n (n + 1) ]) small;
  parts = partition (n: n / 2 * 2 == n) pairs;
  last = list: if length list == 1 then head list else last (tail list);
in
[
  (length parts.right)
  (foldl' (a: b: a + b) 0 parts.wrong)
  (all (n: n >= 0) pairs)
  (any (n: n > 900000) pairs)
  (elem 199999 numbers)
  (last (genList (n: n) 3000))
]
