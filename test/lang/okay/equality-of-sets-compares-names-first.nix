[ ({ a = throw "not reached"; } == { b = throw "not reached"; }) ({ a = throw "x"; } == { }) ]
