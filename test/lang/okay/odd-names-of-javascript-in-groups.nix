let
  names = [ "__proto__" "constructor" "prototype" "toString" "hasOwnProperty" "valueOf" "__defineGetter__" "isPrototypeOf" "length" "then" ];
in
{
  groups = builtins.groupBy (name: name) (names ++ names);
  zipped = builtins.zipAttrsWith (name: values: values) (map (name: { ${name} = name; }) names);
  cut = removeAttrs (builtins.zipAttrsWith (n: builtins.head) (map (name: { ${name} = 1; }) names)) [ "__proto__" "constructor" ];
  found = builtins.catAttrs "__proto__" [ { } { __proto__ = 1; } ];
  common = builtins.intersectAttrs { __proto__ = 1; toString = 2; } { __proto__ = 3; valueOf = 4; };
  mapped = builtins.mapAttrs (name: value: name) { __proto__ = 1; valueOf = 2; };
}
