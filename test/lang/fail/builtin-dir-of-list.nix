dirOf [ "/a" ]
