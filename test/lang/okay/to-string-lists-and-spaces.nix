[ (toString [ "a" [ ] "b" ]) (toString [ [ ] "b" ]) (toString [ "a" [ ] ]) (toString [ null "a" false ]) (toString [ [ [ ] ] 1 ]) ]
