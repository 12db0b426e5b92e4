fetchTarball { url = "https://example.org/x"; sha256 = "zzz"; }
