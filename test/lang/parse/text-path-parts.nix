[ ./a ../a ./a/b /a /a.b/c-d_e+f a/b .a/b ]
