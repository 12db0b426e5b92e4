[ (true || throw "not reached") (false || true) (false || false) ]
