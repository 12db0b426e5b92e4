{
  url = http://a/b;
  path = c/d;
}
