let or = 1; in f: x: {
  a = f x or;
  b = f (x or);
  c = x.y or x or;
}
