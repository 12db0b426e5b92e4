{
  a = f 1;
  b = g 2
  c.d = 3;
}
