{ __functor = self: { x ? 5 }: { fromFunctor = x; }; }
