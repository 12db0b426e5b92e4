a_b': a-b: _: a': [ a_b' a-b _ a' ]
