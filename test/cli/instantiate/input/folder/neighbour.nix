"neighbour"
