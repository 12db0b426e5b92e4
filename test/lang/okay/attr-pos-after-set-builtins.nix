let
  s = { a = 1; b = 2; };
  p = set: let pos = builtins.unsafeGetAttrPos "a" set; in if pos == null then null else [ pos.line pos.column ];
in {
  update = p (s // { c = 1; });
  updated = p ({ a = 5; } // s);
  remove = p (removeAttrs s [ "b" ]);
  intersect = p (builtins.intersectAttrs { a = throw "x"; } s);
  intersectLarge = p (builtins.intersectAttrs { a = 1; b = 1; c = 1; d = 1; } s);
  map = p (builtins.mapAttrs (n: v: v) s);
  fromList = p (builtins.listToAttrs [
    { name = "a";
      value = 1; }
  ]);
  zip = p (builtins.zipAttrsWith (n: v: v) [ s ]);
  group = p (builtins.groupBy (x: "a") [ 1 ]);
  args = p (builtins.functionArgs ({
    a, b ? 1 }: a));
  partition = builtins.unsafeGetAttrPos "right" (builtins.partition (x: true) [ ]);
  try = builtins.unsafeGetAttrPos "success" (builtins.tryEval 1);
}
