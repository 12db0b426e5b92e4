"${{ __toString = self: throw "in __toString"; }}"
