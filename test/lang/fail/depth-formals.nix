let f = { n }: f { n = n + 1; }; in f { n = 0; }
