let nest = n: if n == 0 then [ ] else [ (nest (n - 1)) ]; in nest 10005 == nest 10005
