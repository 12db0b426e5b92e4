{ a, b, c, c, b }: 1
