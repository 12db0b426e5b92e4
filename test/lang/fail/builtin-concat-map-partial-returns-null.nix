let
  f = builtins.concatMap
    (x: if x > 1 then null else [ x ]);
in
f [ 1 2 ]
