[ (x:x) (x: x) a+b.c-d:e http://example.org/a?b=c&d=%20#not-a-comment
  mailto:a@b.c x:~ x:' ]
