map (x: x.key) (builtins.genericClosure {
  startSet = [ { key = 0.5; } ];
  operator = x: if x.key > 30 || x.key < 0 then [ ] else [ { key = x.key * 2; } { key = builtins.floor (x.key + 1); } { key = 7 - builtins.floor x.key; } ];
})
