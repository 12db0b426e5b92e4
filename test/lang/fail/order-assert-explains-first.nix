let a = { zebra = 1; aardvark = 1; }; b = { aardvark = 2; zebra = 2; }; in assert a == b; 1
