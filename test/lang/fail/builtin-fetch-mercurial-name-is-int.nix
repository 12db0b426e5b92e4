fetchMercurial { url = "/surely/not/there"; name = 1; }
