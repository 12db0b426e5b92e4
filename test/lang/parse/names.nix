a: _b: c': d-e: F1: __g: h_i: or_: in': rec-x: [ a _b c' d-e F1 __g h_i or_ in' rec-x __curPos ]
