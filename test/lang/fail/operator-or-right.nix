false || [ ]
