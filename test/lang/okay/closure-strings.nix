map (x: x.key) (builtins.genericClosure {
  startSet = [ { key = "a"; } { key = "b"; } { key = "a"; } ];
  operator = x: if builtins.stringLength x.key > 2 then [ ] else [ { key = x.key + "x"; } ];
})
