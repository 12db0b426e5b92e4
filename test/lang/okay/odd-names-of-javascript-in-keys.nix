builtins.genericClosure {
  startSet = [ { key = "__proto__"; } { key = "toString"; } { key = "__proto__"; } ];
  operator = { key }: if builtins.stringLength key > 20 then [ ] else [ { key = key + key; } { key = "constructor"; } ];
}
