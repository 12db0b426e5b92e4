[ http://example.org/a?b=c&d=e:f mailto:someone x:y ]
