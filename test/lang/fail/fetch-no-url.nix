fetchTarball { sha256 = ""; }
