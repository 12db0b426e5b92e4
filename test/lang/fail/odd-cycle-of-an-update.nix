let a = { x = 1; } // (if a ? x then { y = 2; } else { }); in a
