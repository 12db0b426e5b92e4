let make = attrs: (derivationStrict ({ name = "d"; system = "s"; builder = "b"; } // attrs)).out; in
[
  (make {
    __structuredAttrs = true;
    allowedReferences = [ ];
    allowedRequisites = [ ];
    disallowedReferences = [ ];
    disallowedRequisites = [ ];
    maxSize = 1;
    maxClosureSize = 2;
  })
  (make { __json = "{\"b\": [1, 2.50], \"a\": null}"; })
  (make { outputHash = ""; outputHashAlgo = "sha256"; })
]
