let x = "X"; n = { s = "deep"; }; in [ "a${x}b" "${x}${x}" "${"nested ${x}"}" "${n.s}" "a${"" + x}" "$${x}" "$$${x}" ]
