# Forcing a large tree that is not there yet.
let
  tree = depth: if depth == 0 then { leaf = depth + 1; } else { left = tree (depth - 1); right = tree (depth - 1); inherit depth; };
in
builtins.deepSeq (tree 18) (builtins.deepSeq (builtins.genList (n: { inherit n; square = n * n; }) 500000) 1)
