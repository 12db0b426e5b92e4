({ a, b }: a + b) { a = 1; b = throw "b"; }
