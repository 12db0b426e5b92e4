<surely/not/there>
