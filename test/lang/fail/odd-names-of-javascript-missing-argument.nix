({ toString, valueOf }: 1) { toString = 1; }
