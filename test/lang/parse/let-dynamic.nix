x: {
  a = let b = 1; ${x} = 2; in b;
}
