# line
/* block * with / marks */ [ 1 /* inside */ 2 # end
/**/ 3 /* over
lines */ ]
