# Each of the failing calls is caught; together they would be too deep.
let
  dive = n: if n == 0 then throw "bottom" else 1 + dive (n - 1);
  attempt = n: (builtins.tryEval (dive 3000)).success;
in builtins.filter attempt (builtins.genList (n: n) 20)
