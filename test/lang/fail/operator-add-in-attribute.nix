let port = 8080; in { address = "host:" + port; }
