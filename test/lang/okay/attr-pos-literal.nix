let s = {
  a = 1;
  b.c = 2;
    "d" = 3;
  ${"e"} = 4;
}; p = n: set: let pos = builtins.unsafeGetAttrPos n set; in if pos == null then null else [ pos.line pos.column ];
in [ (p "a" s) (p "b" s) (p "c" s.b) (p "d" s) (p "e" s) (p "nope" s) ]
