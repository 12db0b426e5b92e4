let
  __proto__ = 1;
  constructor = __proto__ + 1;
  f = { valueOf, toString ? valueOf + 1, ... }@arguments: [ valueOf toString (builtins.attrNames arguments) ];
in
with { hasOwnProperty = 7; };
[ __proto__ constructor hasOwnProperty (f { valueOf = 3; length = 4; }) (builtins.functionArgs f) ]
