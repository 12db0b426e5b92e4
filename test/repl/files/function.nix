{ x ? 1, y ? x + 1 }: { inherit x y; sum = x + y; }
