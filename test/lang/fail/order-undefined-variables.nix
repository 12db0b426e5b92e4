# The first undefined variable is that of the name that appeared first.
let seen = { zebra = 1; aardvark = 2; }; in { aardvark = missingInAardvark; zebra = missingInZebra; }
