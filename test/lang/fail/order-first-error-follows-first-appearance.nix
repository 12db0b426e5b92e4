{ zebra = throw "zebra"; aardvark = throw "aardvark"; }
