fetchTarball { url = "http://localhost/x.tar.gz"; sha256 = 1; }
