x: x.1.a
