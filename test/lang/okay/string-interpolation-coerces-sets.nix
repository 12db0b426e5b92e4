"${{ outPath = "out"; }} ${{ __toString = self: "str"; outPath = "unused"; }} ${{ __toString = self: { outPath = "both"; }; }}"
