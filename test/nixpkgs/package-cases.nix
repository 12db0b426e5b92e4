# Expressions about the embedded package set, by topic and name. `package-cases.json` holds what C++ Nix makes of each;
# a case that throws counts as "throws".
let
  packages = import ./package-set.nix;
  pkgs = packages { system = "x86_64-linux"; };
  inherit (pkgs) lib;
  # The arguments that a builder inside ocinix gets.
  request = package: removeAttrs package.drvAttrs [ "name" "system" ];
in
{
  text = {
    writeText = pkgs.writeText "greeting" "hello\n";
    writeText-request = request (pkgs.writeText "greeting" "hello\n");
    writeText-bytes = pkgs.writeText "bytes" "grüße \t \"quoted\" \\ $HOME\n";
    writeText-context = pkgs.writeText "shell" "${pkgs.bash}/bin/bash";
    writeTextFile = pkgs.writeTextFile {
      name = "tool";
      text = "text";
      executable = true;
      destination = "/libexec/tool";
      derivationArgs.note = "kept";
    };
    writeTextFile-unknown-derivation-arg =
      (pkgs.writeTextFile {
        name = "tool";
        text = "";
        derivationArgs.note = "kept";
      }).note;
    writeTextFile-check = pkgs.writeTextFile {
      name = "checked";
      text = "text";
      destination = "/share/it is";
      checkPhase = "grep text \"$target\"";
    };
    writeTextFile-check-command =
      (pkgs.writeTextFile {
        name = "checked";
        text = "text";
        destination = "/share/it is";
        checkPhase = "grep text \"$target\"";
      }).buildCommand;
    writeTextDir = pkgs.writeTextDir "share/doc/readme" "text";
    writeTextDir-files = (pkgs.writeTextDir "share/doc/readme" "text").files;
    writeScript = pkgs.writeScript "run.sh" "#!${pkgs.bash}/bin/bash\nexec true\n";
    writeScript-out-path = (pkgs.writeScript "run.sh" "text").outPath;
    writeScriptBin = request (pkgs.writeScriptBin "run" "text");
    writeShellScript = request (pkgs.writeShellScript "run" "echo hi");
    writeShellScriptBin = request (pkgs.writeShellScriptBin "run" "echo hi");
    writeShellScriptBin-meta = (pkgs.writeShellScriptBin "run" "echo hi").meta;
    writeShellScriptBin-exe = lib.getExe (pkgs.writeShellScriptBin "run" "echo hi");
    writeShellApplication = request (
      pkgs.writeShellApplication {
        name = "app";
        text = "tool \"$1\"";
        runtimeInputs = [
          pkgs.coreutils
          (pkgs.writeShellScriptBin "tool" "true")
        ];
        runtimeEnv = {
          WHO = "you and me";
          COUNT = 3;
        };
      }
    );
    writeShellApplication-plain =
      (pkgs.writeShellApplication {
        name = "app";
        text = "true";
      }).files."bin/app".text;
    writeShellApplication-bare =
      (pkgs.writeShellApplication {
        name = "app";
        text = "true";
        bashOptions = [ ];
        inheritPath = false;
        meta.description = "An application";
      }).files."bin/app".text;
    writeShellApplication-meta =
      (pkgs.writeShellApplication {
        name = "app";
        text = "true";
        meta.description = "An application";
      }).meta;
    writeShellApplication-check = pkgs.writeShellApplication {
      name = "app";
      text = "true";
      checkPhase = "bash -n $target";
    };
    concatText = pkgs.concatText "both" [
      (pkgs.writeText "one" "1")
      ./files/lines.txt
    ];
    concatText-one = pkgs.concatText "one" ./files/lines.txt;
    concatScript = request (pkgs.concatScript "both" [ (pkgs.writeText "one" "1") ]);
    emptyFile = pkgs.emptyFile;
    emptyDirectory = pkgs.emptyDirectory;
    writeClosure = pkgs.writeClosure [
      pkgs.bash
      (pkgs.writeText "a" "b")
    ];
    writeClosure-below = request (pkgs.writeClosure [ "${pkgs.bash}/bin" ]);
    writeClosure-no-list = pkgs.writeClosure pkgs.bash;
    writeReferencesToFile = pkgs.writeReferencesToFile (pkgs.writeText "a" "b");
    copyPathToStore = pkgs.copyPathToStore ./files;
    copyPathsToStore = pkgs.copyPathsToStore [ ./files/lines.txt ];
    runtimeShell = pkgs.runtimeShell;
    formats-json = (pkgs.formats.json { }).generate "config.json" {
      b = [
        1
        2.5
        null
      ];
      a = "${pkgs.bash}";
    };
    formats = map (file: file.files."".text) [
      ((pkgs.formats.json { }).generate "x" { a = true; })
      ((pkgs.formats.yaml { }).generate "x" { a = true; })
      ((pkgs.formats.ini { }).generate "x" { section.key = "value"; })
      ((pkgs.formats.iniWithGlobalSection { }).generate "x" {
        globalSection.top = 1;
        sections.section.key = "value";
      })
      ((pkgs.formats.keyValue { }).generate "x" { key = "value"; })
    ];
    formats-type = (pkgs.formats.json { }).type;
  };

  tree = {
    linkFarm = pkgs.linkFarm "farm" {
      "index.html" = pkgs.writeText "index" "text";
      "sub/shell" = pkgs.bash;
    };
    linkFarm-list = request (
      pkgs.linkFarm "farm" [
        {
          name = "first";
          path = "/nowhere";
        }
        {
          name = "/rooted/name";
          path = "${pkgs.bash}/bin";
        }
        {
          name = "first";
          path = ./files/lines.txt;
        }
      ]
    );
    linkFarm-entries =
      (pkgs.linkFarm "farm" [
        {
          name = "a";
          path = "/1";
        }
        {
          name = "a";
          path = "/2";
        }
      ]).passthru.entries;
    linkFarm-empty = pkgs.linkFarm "farm" [ ];
    linkFarm-wrong = pkgs.linkFarm "farm" "text";
    linkFarmFromDrvs = pkgs.linkFarmFromDrvs "farm" [
      (pkgs.writeText "a" "1")
      (pkgs.writeText "b" "2")
    ];
    symlinkJoin = pkgs.symlinkJoin {
      name = "joined";
      paths = [
        pkgs.bash
        [
          null
          "${pkgs.coreutils}/share"
        ]
      ];
    };
    symlinkJoin-request = request (
      pkgs.symlinkJoin {
        pname = "joined";
        version = "1";
        paths = [ pkgs.bash ];
        stripPrefix = "/share";
      }
    );
    symlinkJoin-passthru =
      let
        joined = pkgs.symlinkJoin {
          name = "joined";
          paths = [ ];
          meta.description = "Joined";
          passthru.tests = 1;
        };
      in
      [
        joined.meta
        joined.tests
      ];
    symlinkJoin-script = pkgs.symlinkJoin {
      name = "joined";
      paths = [ pkgs.bash ];
      nativeBuildInputs = [ pkgs.coreutils ];
      postBuild = "rm $out/bin/sh";
    };
    symlinkJoin-nameless = pkgs.symlinkJoin { paths = [ ]; };
    buildEnv = pkgs.buildEnv {
      name = "environment";
      paths = [
        pkgs.bash
        (pkgs.writeTextDir "share/x" "y")
      ];
      pathsToLink = [
        "/bin"
        "/share"
      ];
    };
    buildEnv-request = request (
      pkgs.buildEnv {
        name = "environment";
        paths = [
          (lib.hiPrio (pkgs.writeTextDir "share/x" "y"))
          (lib.lowPrio (pkgs.writeTextDir "share/x" "z"))
          "/nix/store"
        ];
        extraPrefix = "/opt";
        ignoreCollisions = true;
        manifest = "${pkgs.writeText "manifest" ""}";
      }
    );
    buildEnv-outputs =
      let
        package = pkgs.stdenv.mkDerivation {
          name = "several";
          outputs = [
            "out"
            "bin"
            "man"
            "dev"
          ];
        };
      in
      map (extraOutputsToInstall: (pkgs.buildEnv {
        name = "environment";
        paths = [
          package
          package.dev
        ];
        inherit extraOutputsToInstall;
      }).paths) [
        [ ]
        [
          "man"
          "absent"
        ]
      ];
    buildEnv-override =
      (pkgs.buildEnv {
        name = "environment";
        paths = [ pkgs.bash ];
      }).override
        (old: { paths = old.paths ++ [ pkgs.coreutils ]; });
    buildEnv-script = pkgs.buildEnv {
      name = "environment";
      paths = [ pkgs.bash ];
      postBuild = "touch $out/x";
    };
  };

  command = {
    runCommand = pkgs.runCommand "made" {
      nativeBuildInputs = [ pkgs.coreutils ];
      text = "hello";
    } "echo $text >$out";
    runCommand-attributes = (pkgs.runCommand "made" { text = "hello"; } "echo $text >$out").drvAttrs;
    runCommandLocal = (pkgs.runCommandLocal "made" { } "touch $out").drvAttrs;
    runCommandWith = pkgs.runCommandWith {
      name = "made";
      runLocal = true;
      derivationArgs.x = 1;
    } "touch $out";
    runCommandCC = pkgs.runCommandCC "made" { } "cc";
    mkShell =
      let
        outer = pkgs.mkShell {
          packages = [ pkgs.bash ];
          shellHook = "echo outer";
        };
        inner = pkgs.mkShell {
          inputsFrom = [ outer ];
          packages = [ pkgs.coreutils ];
          shellHook = "echo inner";
          LANGUAGE = "C";
        };
      in
      removeAttrs inner.drvAttrs [ "args" ];
  };

  mkDerivation = {
    plain = pkgs.stdenv.mkDerivation {
      pname = "tool";
      version = "1.2";
      src = ./files;
      outputs = [
        "out"
        "dev"
      ];
      buildInputs = [ pkgs.bash ];
      unset = null;
      env.VARIABLE = "value";
    };
    attributes =
      (pkgs.stdenv.mkDerivation {
        pname = "tool";
        version = "1.2";
        installPhase = "make install";
        env.VARIABLE = "value";
        meta.mainProgram = "tl";
        passthru.extra = 1;
      }).drvAttrs;
    structured = pkgs.stdenv.mkDerivation {
      name = "structured";
      __structuredAttrs = true;
      env.VARIABLE = "value";
      list = [
        "a b"
        "c"
      ];
    };
    fixed = pkgs.stdenv.mkDerivation {
      name = "fixed";
      outputHash = lib.fakeHash;
      outputHashMode = "recursive";
    };
    final = pkgs.stdenv.mkDerivation (final: {
      pname = "tool";
      version = "1.2";
      url = "https://example.org/${final.pname}-${final.version}";
      passthru.self = final.finalPackage.name;
    });
    final-override =
      let
        package =
          (pkgs.stdenv.mkDerivation (final: {
            pname = "tool";
            version = "1.2";
            url = "https://example.org/${final.pname}-${final.version}";
            passthru.self = final.finalPackage.name;
          })).overrideAttrs
            (old: { version = "${old.version}.3"; });
      in
      [
        package.name
        package.url
        package.self
        package
      ];
    override-forms =
      let
        package = pkgs.stdenv.mkDerivation {
          pname = "tool";
          version = "1";
          note = "a";
        };
      in
      [
        (package.overrideAttrs { note = "b"; })
        (package.overrideAttrs (old: { note = old.note + "b"; }))
        (package.overrideAttrs (final: old: { note = old.note + final.version; }))
        ((package.overrideAttrs (old: { note = old.note + "b"; })).overrideAttrs (old: { note = old.note + "c"; })).note
        (package.overrideAttrs { meta.description = "d"; }).meta
      ];
    output = map (package: [
      package.outputName
      package.outPath
      package.outputSpecified
      package.meta.name
      (package.overrideAttrs { name = "other"; }).outputName
    ]) (
      let
        package = pkgs.stdenv.mkDerivation {
          name = "several";
          outputs = [
            "lib"
            "out"
          ];
        };
      in
      [
        package.lib
        package.out
      ]
    );
    output-getters =
      let
        package = pkgs.stdenv.mkDerivation {
          name = "several";
          outputs = [
            "out"
            "bin"
            "dev"
          ];
        };
      in
      [
        (lib.getBin package)
        (lib.getDev package)
        (lib.getLib package)
        (lib.getBin package.dev)
        package.all
        package.outputs
        package.meta.outputsToInstall
      ];
    nameless = pkgs.stdenv.mkDerivation { pname = "tool"; };
    meta = (pkgs.stdenv.mkDerivation { name = "x"; meta.license = lib.licenses.mit; }).meta.license.spdxId;
    own-builder = pkgs.stdenv.mkDerivation {
      name = "own";
      realBuilder = "/bin/sh";
      args = [ "-c" "true" ];
    };
  };

  override = {
    of-file = pkgs.writeText "a" "b" // { };
    name = (pkgs.writeText "a" "b").overrideAttrs { name = "c"; };
    with-old = (pkgs.writeText "a" "b").overrideAttrs (old: old // { passthru.x = 1; });
    passthru = ((pkgs.writeText "a" "b").overrideAttrs (old: { passthru.x = 1; })).x;
    build-command = (pkgs.writeScriptBin "a" "b").overrideAttrs (old: {
      buildCommand = "${old.buildCommand}\npatchShebangs $out";
    });
    build-command-text =
      ((pkgs.writeScriptBin "a" "b").overrideAttrs (old: {
        buildCommand = "${old.buildCommand}\npatchShebangs $out";
      })).buildCommand;
    build-command-twice =
      (((pkgs.writeScriptBin "a" "b").overrideAttrs (old: {
        buildCommand = "${old.buildCommand}first\n";
      })).overrideAttrs
        (old: { buildCommand = "${old.buildCommand}second\n"; })).buildCommand;
  };

  set = {
    call-package =
      let
        made = pkgs.callPackage (
          {
            writeText,
            who ? "world",
          }:
          writeText "greeting" "hello, ${who}"
        ) { };
      in
      [
        made
        (made.override { who = "moon"; })
        (made.override (old: { who = old.who or "nobody"; }))
      ];
    call-package-file = (pkgs.callPackage ./files/package.nix { a = 1; }).v;
    call-packages = (pkgs.callPackages ({ writeText }: { one = writeText "one" "1"; }) { }).one;
    new-scope = pkgs.newScope { answer = 42; } ({ answer, lib }: lib.max answer 1) { };
    make-scope =
      let
        scope = lib.makeScope pkgs.newScope (self: {
          answer = 42;
          text = self.callPackage ({ answer, writeText }: writeText "answer" (toString answer)) { };
        });
      in
      [
        scope.text
        (scope.overrideScope (final: prev: { answer = prev.answer + 1; })).text
      ];
    make-scope-with-splicing =
      let
        scope = pkgs.makeScopeWithSplicing' {
          otherSplices = pkgs.generateSplicesForMkScope "scope";
          f = self: {
            answer = 42;
            text = self.callPackage ({ answer, writeText }: writeText "answer" (toString answer)) { };
          };
        };
      in
      [
        scope.text
        (scope.overrideScope (final: prev: { answer = prev.answer + 1; })).text
      ];
    overlays =
      let
        set = packages {
          system = "x86_64-linux";
          overlays = [
            (final: prev: {
              message = "hello";
              greeting = final.writeText "greeting" final.message;
            })
            (final: prev: {
              message = prev.message + "!";
              bash = prev.bash // {
                changed = true;
              };
            })
          ];
        };
      in
      [
        set.greeting
        set.bash.changed
        (builtins.length set.overlays)
        (set.callPackage ({ message }: { inherit message; }) { }).message
        (set.extend (final: prev: { message = prev.message + "?"; })).greeting.files."".text
        (set.appendOverlays [ (final: prev: { message = "new"; }) ]).greeting.files."".text
      ];
    overlay-of-function =
      (packages {
        system = "x86_64-linux";
        overlays = [ (final: prev: { runtimeShellPackage = final.coreutils; }) ];
      }).runtimeShell;
    overlay-of-builder =
      (packages {
        system = "x86_64-linux";
        overlays = [ (final: prev: { writeText = name: text: prev.writeText name "${text}\n"; }) ];
      }).writeText
        "a"
        "b";
    overlays-wrong = (packages { overlays = { }; }).lib.version;
    config =
      map
        (
          config:
          (packages {
            system = "x86_64-linux";
            inherit config;
          }).config
        )
        [
          { allowUnfree = true; }
          ({ lib, ... }: { count = lib.length [ 1 ]; })
        ];
    config-wrong = (packages { config = 1; }).config;
    package-overrides =
      (packages {
        system = "x86_64-linux";
        config.packageOverrides = pkgs: { shell = pkgs.bash.pname; };
      }).shell;
    other-system = (packages { system = "aarch64-linux"; }).writeText "a" "b";
    other-system-host = (packages { system = "aarch64-linux"; }).bash.outPath;
    local-system = map (localSystem: (packages { inherit localSystem; }).system) [
      "riscv64-linux"
      { system = "riscv64-linux"; }
    ];
    cross = (packages { crossSystem.system = "riscv64-linux"; }).system;
    stdenv = with pkgs.stdenv; [
      name
      isLinux
      isDarwin
      isx86_64
      system
      hostPlatform.system
      hostPlatform.isLinux
      buildPlatform.config
      shell
      hasCC
    ];
    stdenv-cc = pkgs.stdenv.cc.cc;
    platforms = [
      pkgs.hostPlatform.system
      pkgs.buildPackages.system
      pkgs.pkgs.system
    ];
    path = builtins.pathExists (pkgs.path + "/lib/default.nix");
    absent = pkgs.fetchFromGitHub { };
    absent-tool = pkgs.dockerTools.buildImage { };
    lib = lib.version;
    programs = [
      (lib.getExe pkgs.bash)
      (lib.makeBinPath [
        pkgs.bash
        pkgs.coreutils
      ])
      "${pkgs.bash}/bin/bash"
    ];
    host-program = (pkgs.hostProgram "some-tool").outPath;
    # None of it needs a program or a file.
    unevaluated =
      let
        package = pkgs.writeText (throw "name") (throw "text");
        container = pkgs.ociTools.buildContainer { args = throw "args"; };
      in
      [
        package.type
        container.name
        (package ? overrideAttrs)
        (builtins.isString (pkgs.runCommand "a" { } (throw "command")).name)
      ];
  };

  container = {
    example = pkgs.ociTools.buildContainer {
      args = [
        (pkgs.writeScript "run.sh" ''
          #!${pkgs.bash}/bin/bash
          exec ${pkgs.bash}/bin/bash
        '').outPath
      ];
      mounts = {
        "/data" = {
          type = "none";
          source = "/var/lib/mydata";
          options = [ "bind" ];
        };
      };
      readonly = false;
    };
    request = request (
      pkgs.ociTools.buildContainer {
        args = [
          (lib.getExe pkgs.bash)
          (pkgs.writeText "a" "b")
          ./files/lines.txt
          "text"
        ];
        mounts = {
          "/a" = {
            type = "tmpfs";
            source = "tmpfs";
          };
          "/b" = {
            type = "none";
            source = "/b";
            options = null;
          };
        };
        readonly = true;
      }
    );
    arch = map (system: ((packages { inherit system; }).ociTools.buildContainer { args = [ "x" ]; }).container.arch) [
      "x86_64-linux"
      "aarch64-linux"
    ];
    arch-given =
      (pkgs.ociTools.buildContainer {
        args = [ "x" ];
        arch = "arm64";
        os = "linux";
      }).container;
    arguments = builtins.functionArgs pkgs.ociTools.buildContainer;
    store-arguments = pkgs.ociTools.buildContainer {
      args = [
        "${pkgs.linkFarm "farm" { x = pkgs.bash; }}/x"
        { outPath = "/bin/true"; }
        { __toString = _: "shown"; }
      ];
    };
  };
}
