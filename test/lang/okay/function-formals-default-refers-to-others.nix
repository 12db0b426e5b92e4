let f = { a ? b + 1, b ? 1, c ? a + b }: [ a b c ]; in [ (f { }) (f { b = 5; }) (f { a = 0; }) ]
