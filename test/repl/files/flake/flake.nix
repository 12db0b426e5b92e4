{
  description = "a flake";
  outputs = { self }: { x = 1; twice = n: 2 * n; };
}
