map toString [ [ [ ] [ ] ] [ [ ] 1 ] [ 1 [ ] ] [ "" "" ] [ null true ] [ [ [ 1 ] ] 2 ] ]
