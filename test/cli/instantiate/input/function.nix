{ first, second ? "two", third ? throw "third was asked for" }:
{
  inherit first second;
  joined = "${toString first} and ${second}";
}
