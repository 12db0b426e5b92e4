fetchMercurial { url = "https://example.org/x"; branch = "y"; }
