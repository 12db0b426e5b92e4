{ valueOf, a, valueOf }: 1
