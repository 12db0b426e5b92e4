# The right side is evaluated first.
(throw "left") // (throw "right")
