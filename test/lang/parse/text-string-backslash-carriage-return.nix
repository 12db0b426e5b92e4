"a\
b"
