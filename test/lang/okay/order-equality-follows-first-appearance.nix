[ ({ zebra = 1; aardvark = throw "not reached"; } == { zebra = 2; aardvark = 1; }) ]
