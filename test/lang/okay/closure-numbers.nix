map (x: x.key) (builtins.genericClosure {
  startSet = [ { key = 80; } ];
  operator = { key }: if key <= 1 then [ ] else [ { key = key / 2; } { key = key / 3; } ];
})
