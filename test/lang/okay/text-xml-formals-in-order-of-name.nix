builtins.toXML ({ b, a, c ? 1, A }: a)
