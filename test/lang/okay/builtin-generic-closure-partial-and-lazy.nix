let
  closure = builtins.genericClosure {
    startSet = [ { key = 1; payload = throw "not forced"; } ];
    operator = item: if item.key < 3 then [ { key = item.key + 1; } { key = 1; } ] else [ ];
  };
in
[ builtins.genericClosure (map (item: item.key) closure) ]
