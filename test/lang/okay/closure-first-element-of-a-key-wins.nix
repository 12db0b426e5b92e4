builtins.genericClosure {
  startSet = [ { key = 1; from = "start"; } ];
  operator = x: [ { key = 1; from = "operator"; } { key = 2; from = "operator"; } ];
}
