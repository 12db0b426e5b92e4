x: x ? a x
