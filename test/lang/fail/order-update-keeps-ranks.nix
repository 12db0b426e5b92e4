let left = { zebra = 0; }; in { aardvark = throw "aardvark"; } // left // { zebra = throw "zebra"; }
