# A fixpoint of thirty overlays over fifteen thousand attributes.
let
  inherit (builtins) foldl' genList listToAttrs toString;
  base = self: listToAttrs (genList (n: { name = "package${toString n}"; value = { name = toString n; inherit (self) version; }; }) 15000) // { version = 1; };
  overlay = i: self: super: {
    version = super.version + i;
    "package${toString i}" = super."package${toString i}" // { patched = self.version; };
    "extra${toString i}" = self."package${toString (i + 1)}".name;
  };
  extend = f: g: self: let super = f self; in super // g self super;
  run = version:
    let final = let result = foldl' extend (self: base self // { inherit version; }) (genList overlay 30) result; in result; in
    final.version + foldl' (total: n: total + builtins.stringLength final."package${toString n}".name) 0 (genList (n: n) 15000);
in
map run [ 1 2 3 4 5 6 7 8 9 10 ]
