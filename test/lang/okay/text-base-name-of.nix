map baseNameOf [ "/a/b" "/a/b/" "a" "a/" "/" "//" "" "a//" "/a//b//" "." "a/.." ]
