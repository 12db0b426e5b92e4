((throw "left of left") // { }) // { b = 1; }
