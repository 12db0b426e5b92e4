fetchMercurial { url = "/surely/not/there"; "odd name" = 1; }
