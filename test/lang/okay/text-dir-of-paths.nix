map dirOf [ /a/b /a /. ]
