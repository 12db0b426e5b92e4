"${{ __toString = self: self.n; n = 1.5; }}"
