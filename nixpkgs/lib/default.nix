# The library as one lazy set. A topic's file is read when the first of its functions is needed, so `lib` itself costs
# one small file. Names and results are those of nixpkgs' lib; test/nixpkgs/lib-cases.nix compares them.
let
  library =
    self:
    let
      topic = file: import file { lib = self; };
      absent = import ./absent.nix;
    in
    {
      trivial = topic ./trivial.nix;
      fixedPoints = topic ./fixed-points.nix;
      attrsets = topic ./attrsets.nix;
      lists = topic ./lists.nix;
      strings = topic ./strings.nix;
      stringsWithDeps = topic ./strings-with-deps.nix;
      customisation = topic ./customisation.nix;
      derivations = topic ./derivations.nix;
      meta = topic ./meta.nix;
      licenses = import ./licenses.nix;
      versions = topic ./versions.nix;
      systems = topic ./systems.nix;
      platforms = self.systems.doubles;
      generators = topic ./generators.nix;
      cli = topic ./cli.nix;
      asserts = topic ./asserts.nix;
      debug = topic ./debug.nix;
      filesystem = topic ./filesystem.nix;
      path = topic ./path.nix;
      sources = topic ./sources.nix;
      misc = topic ./misc.nix;
      maintainers = { };
      teams = { };

      inherit (builtins)
        convertHash
        fromJSON
        fromTOML
        getContext
        hasContext
        hashString
        parseDrvName
        placeholder
        toFile
        toJSON
        toString
        toXML
        tryEval
        ;

      inherit (self.trivial)
        "or"
        add
        and
        bitAnd
        bitNot
        bitOr
        bitXor
        boolToString
        boolToYesNo
        ceil
        checkListOfEnum
        compare
        concat
        const
        deepSeq
        defaultTo
        div
        flip
        floor
        fromHexString
        functionArgs
        genericClosure
        id
        importJSON
        importTOML
        inNixShell
        inPureEvalMode
        info
        isBool
        isFloat
        isFunction
        isInOldestRelease
        isInt
        lessThan
        mapNullable
        max
        mergeAttrs
        min
        mirrorFunctionArgs
        mod
        mul
        nixpkgsVersion
        oldestSupportedReleaseIsAtLeast
        pathExists
        pipe
        readFile
        seq
        setFunctionArgs
        showWarnings
        splitByAndCompare
        sub
        throwIf
        throwIfNot
        toBaseDigits
        toFunction
        toHexString
        version
        warn
        warnIf
        warnIfNot
        xor
        ;

      inherit (self.fixedPoints)
        composeExtensions
        composeManyExtensions
        converge
        extends
        fix
        fix'
        makeExtensible
        makeExtensibleWithCustomName
        toExtension
        ;

      inherit (self.attrsets)
        attrByPath
        attrNames
        attrVals
        attrValues
        attrsToList
        cartesianProduct
        catAttrs
        chooseDevOutputs
        collect
        concatMapAttrs
        dontRecurseIntoAttrs
        filterAttrs
        filterAttrsRecursive
        foldAttrs
        foldlAttrs
        genAttrs
        genAttrs'
        getAttr
        getAttrFromPath
        getAttrs
        getBin
        getDev
        getFirstOutput
        getInclude
        getLib
        getMan
        getOutput
        getStatic
        hasAttr
        hasAttrByPath
        intersectAttrs
        isAttrs
        isDerivation
        listToAttrs
        mapAttrs
        mapAttrs'
        mapAttrsRecursive
        mapAttrsRecursiveCond
        mapAttrsToList
        mapAttrsToListRecursive
        mapAttrsToListRecursiveCond
        mapCartesianProduct
        matchAttrs
        mergeAttrsList
        nameValuePair
        optionalAttrs
        overrideExisting
        recurseIntoAttrs
        recursiveUpdate
        recursiveUpdateUntil
        removeAttrs
        setAttrByPath
        showAttrPath
        toDerivation
        updateManyAttrsByPath
        zipAttrs
        zipAttrsWith
        zipAttrsWithNames
        ;

      inherit (self.lists)
        all
        allUnique
        any
        compareLists
        concatAttrValues
        concatLists
        concatMap
        count
        crossLists
        drop
        dropEnd
        elem
        elemAt
        filter
        findFirst
        findSingle
        flatten
        fold
        foldl
        foldl'
        foldr
        forEach
        genList
        groupBy
        groupBy'
        head
        ifilter0
        imap0
        imap1
        init
        intersectLists
        isList
        last
        length
        listDfs
        map
        mutuallyExclusive
        naturalSort
        optional
        optionals
        partition
        range
        remove
        replaceElemAt
        replicate
        reverseList
        singleton
        sort
        sortOn
        sublist
        subtractLists
        tail
        take
        takeEnd
        toList
        toposort
        unique
        uniqueStrings
        zipLists
        zipListsWith
        ;

      inherit (self.strings)
        addContextFrom
        appendContext
        cmakeBool
        cmakeFeature
        cmakeOptionType
        concatImapStrings
        concatImapStringsSep
        concatLines
        concatMapAttrsStringSep
        concatMapStrings
        concatMapStringsSep
        concatStrings
        concatStringsSep
        enableFeature
        enableFeatureAs
        escape
        escapeRegex
        escapeShellArg
        escapeShellArgs
        escapeURL
        escapeXML
        fileContents
        fixedWidthNumber
        fixedWidthString
        getName
        getVersion
        hasInfix
        hasPrefix
        hasSuffix
        intersperse
        isStorePath
        isString
        isStringLike
        isValidPosixName
        join
        lowerChars
        makeBinPath
        makeIncludePath
        makeLibraryPath
        makeSearchPath
        makeSearchPathOutput
        match
        mesonBool
        mesonEnable
        mesonOption
        nameFromURL
        optionalString
        removePrefix
        removeSuffix
        replaceString
        replaceStrings
        split
        splitString
        splitStringBy
        stringAsChars
        stringLength
        stringToCharacters
        substring
        toCamelCase
        toInt
        toIntBase10
        toLower
        toSentenceCase
        toShellVar
        toShellVars
        toUpper
        trim
        trimWith
        typeOf
        unsafeDiscardStringContext
        upperChars
        versionAtLeast
        versionOlder
        withFeature
        withFeatureAs
        ;

      inherit (self.stringsWithDeps)
        fullDepEntry
        noDepEntry
        packEntry
        stringAfter
        textClosureList
        textClosureMap
        ;

      inherit (self.customisation)
        callPackageWith
        callPackagesWith
        extendDerivation
        extendMkDerivation
        hydraJob
        makeOverridable
        makeScope
        makeScopeWithSplicing
        makeScopeWithSplicing'
        mapCrossIndex
        overrideDerivation
        renameCrossIndexFrom
        renameCrossIndexTo
        ;

      inherit (self.derivations)
        addDrvOutputDependencies
        lazyDerivation
        optionalDrvAttr
        unsafeDiscardOutputDependency
        warnOnInstantiate
        ;

      inherit (self.meta)
        addMetaAttrs
        appendToName
        dontDistribute
        getExe
        getExe'
        getLicenseFromSpdxId
        getLicenseFromSpdxIdOr
        hiPrio
        hiPrioSet
        licensesSpdx
        lowPrio
        lowPrioSet
        mapDerivationAttrset
        setName
        setPrio
        updateName
        ;

      inherit (self.generators) mkLuaInline;

      inherit (self.asserts) assertMsg assertOneOf;

      inherit (self.versions) compareVersions splitVersion;

      inherit (self.debug)
        addErrorContext
        runTests
        testAllTrue
        trace
        traceFnSeqN
        traceIf
        traceSeq
        traceSeqN
        traceVal
        traceValFn
        traceValSeq
        traceValSeqFn
        traceValSeqN
        traceValSeqNFn
        unsafeGetAttrPos
        ;

      inherit (self.filesystem)
        baseNameOf
        dirOf
        hashFile
        isPath
        packagesFromDirectoryRecursive
        pathIsDirectory
        pathIsRegularFile
        pathType
        readDir
        readFileType
        ;

      inherit (self.sources)
        canCleanSource
        cleanSource
        cleanSourceFilter
        cleanSourceWith
        commitIdFromGitRepo
        filterSource
        pathHasContext
        pathIsGitRepo
        repoRevToName
        revOrTag
        sourceByRegex
        sourceFilesBySuffices
        ;

      inherit (self.misc)
        closePropagation
        fakeHash
        fakeSha256
        fakeSha512
        imap
        isType
        maybeAttr
        maybeAttrNullable
        maybeEnv
        nixType
        nvs
        setAttr
        setType
        uniqList
        ;

      inherit (absent)
        evalModules
        fetchers
        fileset
        flakes
        gvariant
        isOption
        isOptionType
        kernel
        literalExpression
        literalMD
        mergeDefinitions
        mergeEqualOption
        mergeOneOption
        mkAfter
        mkAliasDefinitions
        mkAliasOptionModule
        mkAssert
        mkBefore
        mkDefault
        mkEnableOption
        mkForce
        mkIf
        mkMerge
        mkOption
        mkOptionDefault
        mkOptionType
        mkOrder
        mkOverride
        mkPackageOption
        mkRemovedOptionModule
        mkRenamedOptionModule
        mkVMOverride
        modules
        network
        options
        showOption
        types
        ;
    };

  extensible =
    layer:
    let
      self = layer self // {
        extend =
          overlay:
          extensible (
            final:
            let
              previous = layer final;
            in
            previous // overlay final previous
          );
      };
    in
    self;
in
extensible library
