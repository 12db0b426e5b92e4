let seen = { zebra = 1; }; in { aardvark, zebra, aardvark, zebra }: 1
