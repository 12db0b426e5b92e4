let
  list = [ list ];
  set = { inherit set list; others = [ set list ]; };
  far = [ [ [ far ] far ] ];
in
[ list set far ]
