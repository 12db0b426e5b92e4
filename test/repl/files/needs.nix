{ x }: { inherit x; }
