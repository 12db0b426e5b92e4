# Ten queens: lists, closures, Booleans.
let
  inherit (builtins) all concatMap genList length;
  range = n: genList (i: i) n;
  safe = column: placed: all (i: let other = builtins.elemAt placed i; d = i + 1; in other != column && other != column + d && other != column - d) (range (length placed));
  place = size: row: if row == 0 then [ [ ] ] else concatMap (placed: concatMap (column: if safe column placed then [ ([ column ] ++ placed) ] else [ ]) (range size)) (place size (row - 1));
in
length (place 10 10)
