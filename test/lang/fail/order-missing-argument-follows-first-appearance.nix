let aardvark = 1; f = { zebra, aardvark }: 1; in f { }
