a: x/${a}
