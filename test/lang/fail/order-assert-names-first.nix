let a = { zebra = 1; aardvark = 1; }; b = { zebra = 1; yak = 2; }; in assert a == b; 1
