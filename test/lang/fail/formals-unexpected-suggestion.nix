let f = { name, version ? 1 }: name; in f { name = 1; versoin = 2; }
