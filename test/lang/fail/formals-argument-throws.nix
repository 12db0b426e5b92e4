({ a }: a) (throw "argument")
