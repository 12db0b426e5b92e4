let
  deep = builtins.foldl' (inner: i: { outPath = inner; }) "/end" (builtins.genList (i: i) 1000);
  called = builtins.foldl' (inner: i: { __toString = self: inner; }) "/end" (builtins.genList (i: i) 1000);
  functors = builtins.foldl' (inner: i: { __functor = self: inner; }) (x: x + 1) (builtins.genList (i: i) 1000);
  nested = { __functor = { __functor = a: b: c: [ c ]; }; };
in
[
  (toString deep)
  "${called}"
  (builtins.toJSON [ deep called ])
  (functors 1)
  (nested 1)
  (map { __functor = self: x: self.y + x; y = 1; } [ 1 2 ])
  "${{ __toString = self: self.outPath; outPath = "/o"; }}"
  (toString [ deep { __toString = self: ""; } [ ] [ [ ] ] null true false 1.5 ])
]
