"before ${throw "inside"} after"
