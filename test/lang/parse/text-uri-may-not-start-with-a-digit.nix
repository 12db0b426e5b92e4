y: 1:y
