throw "a[31mred[0m ]8;;xlink b\rc"
