map builtins.parseFlakeRef [
  "/a?rev"
  "path:/a?rev&&b c"
  "git+https://a/b?x&ref=c"
]
