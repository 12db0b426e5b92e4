a: b: [
  { inherit a b; inherit (a) c d; inherit (b.e) f "g" ${"h"} or; inherit; inherit (a); i = 1; }
  (let inherit a; inherit (b) j; in j)
  (rec { inherit (k) l; k = a; })
]
