[ (toString 0.0078125) (toString 0.0234375) (toString (-0.0078125)) (toString 0.5) 100002.5 100003.5 1.000005 ]
