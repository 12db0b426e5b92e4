let named = x: x; in named.a
