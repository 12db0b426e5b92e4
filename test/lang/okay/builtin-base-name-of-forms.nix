map baseNameOf [ "/a/b" "/a/b/" "a" "" "/" "//" "a//" "/a/b.c/" ./x.nix "." "a/.." ]
