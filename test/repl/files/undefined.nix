{
  a = 1;
  b = nowhere;
}
