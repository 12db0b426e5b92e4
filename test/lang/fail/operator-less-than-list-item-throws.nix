[ 1 (throw "item") ] < [ 1 2 ]
