# A delayed call that needs its own value is not known to be a cycle; but what does not need it is fine.
let
  list = map (x: if x == 0 then 0 else builtins.head list + x) [ 0 1 2 ];
  set = builtins.mapAttrs (name: value: if name == "a" then value else set.a + value) { a = 1; b = 2; };
  generated = builtins.genList (i: if i == 0 then 1 else builtins.elemAt generated (i - 1) * 2) 10;
in
[ list set generated ]
