{ zebra = missingInZebra; inherit (missingInSource) aardvark; }
