let
  times = builtins.genList (i: i) 3000;
  list = builtins.foldl' (inner: i: [ inner ]) [ ] times;
  set = builtins.foldl' (inner: i: { a = inner; }) { } times;
  json = builtins.concatStringsSep "" (map (i: "[") times ++ map (i: "]") times);
in
[
  (list == list)
  (builtins.stringLength (builtins.toJSON list))
  (builtins.stringLength (builtins.toJSON set))
  (builtins.toJSON (builtins.fromJSON json) == json)
  (builtins.deepSeq [ list set ] true)
  (list < [ list ])
  (builtins.stringLength (toString list))
]
