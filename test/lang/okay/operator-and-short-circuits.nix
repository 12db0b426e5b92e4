[ (false && throw "not reached") (true && true) (true && false) ]
