let o = rec { zebra = 1; __overrides = { yak = throw "yak"; zebra = throw "zebra"; aardvark = throw "aardvark"; }; }; in o
