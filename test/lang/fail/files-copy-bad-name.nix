"${../files + "/a b"}"
