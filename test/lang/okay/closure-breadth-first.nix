map (x: x.key) (builtins.genericClosure {
  startSet = [ { key = 1; } { key = 2; } ];
  operator = x: if x.key > 20 then [ ] else [ { key = x.key * 10; } { key = x.key * 10 + 1; } ];
})
