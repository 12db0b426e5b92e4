let l = [ 1 2 ]; f = x: x; s = { inherit l; }; in {
  item = [ l (f l) l (f l) ];
  attr = l;
  branch = if true then l else [ ];
  selected = s.l;
  set = s;
  mapped = map (x: l) [ 1 2 ];
  head = builtins.head [ l ];
  joined = [ ] ++ l;
  sequence = builtins.seq l l;
  attempt = builtins.tryEval l;
  sorted = builtins.sort builtins.lessThan [ l ];
  sortedByLambda = builtins.sort (a: b: a < b) [ l l ];
}
