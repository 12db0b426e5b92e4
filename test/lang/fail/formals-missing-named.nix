let f = { a, b ? 1 }: a; in f { }
