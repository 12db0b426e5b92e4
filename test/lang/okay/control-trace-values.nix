with builtins; foldl' (acc: v: trace v acc) "end" [
  "text" "two\nlines" 1 1.5 null true /p [ 1 [ 2 ] ] { b = 1; a = "q\"uote\n"; } (x: x) map (map 1) [ ] { } { "odd name" = 1; }
]
