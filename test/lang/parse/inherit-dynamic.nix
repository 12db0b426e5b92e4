a: { inherit a
  ${a}; }
