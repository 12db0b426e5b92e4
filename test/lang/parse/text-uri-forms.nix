[ http://a.b/c?d=e&f=g mailto:a@b x:y a+b-c.d:e ]
