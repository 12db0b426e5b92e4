x: { "if" = 1; "then" = 2; "else" = 3; "assert" = 4; "with" = 5; "let" = 6; "in" = 7; "rec" = 8;
  "inherit" = 9; or = 10; "true" = 11; "" = 12; "a b" = 13; "1" = 14; "a.b" = 15; "-a" = 16; "é" = 17;
  y = x."if".or."in".x; }
