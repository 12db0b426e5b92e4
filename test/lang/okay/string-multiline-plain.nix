"first
  second
 third"
