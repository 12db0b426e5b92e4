let x = "y"; in [ /a/${x} /a/${x}/z /a/${x + "/../w"} /a${x}b ]
