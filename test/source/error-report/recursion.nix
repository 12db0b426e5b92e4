let
  throwAfter = n: if n > 0 then throwAfter (n - 1) else throw "Uh oh!\n  second line\n\n";
in
throwAfter 20
