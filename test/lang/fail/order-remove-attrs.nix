removeAttrs { zebra = throw "zebra"; yak = throw "yak"; aardvark = throw "aardvark"; } [ "zebra" ]
