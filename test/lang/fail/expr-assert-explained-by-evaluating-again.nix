# The name b comes first here, so that a's value is not there yet when b is made, in no evaluation.
assert [ (b: 1) ] == rec { a = 1; b = a; }; 1
