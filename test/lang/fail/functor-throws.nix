{ __functor = self: x: throw "in functor"; } 1
