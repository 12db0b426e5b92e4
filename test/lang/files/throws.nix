# An imported file that fails.
let f = x: throw "from the file"; in f 1
