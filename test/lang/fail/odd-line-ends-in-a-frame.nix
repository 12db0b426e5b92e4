{
  a = 1;
  b = nowhere;
  c = 2;
}
