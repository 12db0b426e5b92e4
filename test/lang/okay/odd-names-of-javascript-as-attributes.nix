# Names that every JavaScript object answers to are names like others.
let
  names = [ "__proto__" "constructor" "prototype" "toString" "hasOwnProperty" "valueOf" "__defineGetter__" "isPrototypeOf" "length" "then" ];
  set = builtins.listToAttrs (map (name: { inherit name; value = name + "!"; }) names);
in
{
  inherit set;
  missing = map (name: builtins.hasAttr name { }) names;
  selected = map (name: set.${name}) names;
  defaults = map (name: { }.${name} or "none") names;
  order = builtins.attrNames set;
}
