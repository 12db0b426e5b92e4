let x = abort x; in x
