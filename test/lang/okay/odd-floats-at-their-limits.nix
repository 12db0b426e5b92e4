let
  inf = 1.0e308 * 10;
  nan = inf - inf;
  floats = [ inf (-inf) nan (-0.0) 0.0 2.3e-308 1.7976931348623157e308 2.5e-7 123456.0 1234567.0 999999.5 0.1 0.30000000000000004 1.0e15 1.0e16 ];
in
{
  inherit floats;
  text = map toString [ inf (-inf) (-0.0) 1.0e20 1.5e-7 123456789.123456789 ];
  json = map builtins.toJSON [ inf nan (-0.0) 0.1 1.0e16 1.5e-7 123456789.0 2.3e-308 ];
  xml = builtins.toXML [ inf (-0.0) 1.0e100 ];
  order = [ (nan == nan) (nan < nan) (nan < 1) (1 < nan) (inf == inf) (0.0 == -0.0) (inf > 9223372036854775807) ];
  divided = [ (1 / 2.0) (-1.0 / 3) (1.0e308 / 1.0e-300) ];
}
