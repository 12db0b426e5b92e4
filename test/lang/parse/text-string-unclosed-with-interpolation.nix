a: "x${a}
