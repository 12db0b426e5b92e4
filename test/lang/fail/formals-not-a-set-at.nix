let f = args@{ a ? 1 }: a; in f [ ]
