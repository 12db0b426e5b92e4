a: [ a."b c" a."if" (a.${"x"}) (a."${a}" or 1) (a ? "b c".d) ]
