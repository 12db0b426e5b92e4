let zebra = 1; in { aardvark ? missingInAardvark, zebra ? missingInZebra }: missingInBody
