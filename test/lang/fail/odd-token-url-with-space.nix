http: x
