{ abcd = 1; abc = 2; abce = 3; bc = 4; xabc = 5; abcdef = 6; zbcx = 7; abd = 8; ab = 9; }.abcx
