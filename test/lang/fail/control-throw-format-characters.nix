throw "100% of %s and %1%"
