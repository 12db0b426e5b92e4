let
  set = { "10" = 1; "9" = 2; "-1" = 3; "1e3" = 4; "00" = 5; "0" = 6; "" = 7; " " = 8; };
in
[ set (builtins.attrNames set) (set // { "9" = 0; "8" = 1; }) (builtins.toJSON set) set."0" (set ? "1") ]
