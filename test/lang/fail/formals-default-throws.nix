({ a ? throw "default" }: a) { }
