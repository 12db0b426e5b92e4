f: g: [ (f g or) [ g or ] ] )
