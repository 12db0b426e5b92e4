let
  value = 1;
in
{ a = vaule; }
