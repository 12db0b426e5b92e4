let zebra = 1; in ({ }: zebra) { aardvark = 1; zebra = 2; }
