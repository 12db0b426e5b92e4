throw "first line\n  second line\n\nfourth line\n"
