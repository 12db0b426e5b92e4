# Platforms by their Nix name, `cpu-kernel`: what kind of machine that is, and lists of platforms. Only what packages
# ask of a platform that they run on; nothing here is about compiling for one.
{ lib }:
let
  words = text: builtins.filter (part: builtins.isString part && part != "") (builtins.split "[ \n]+" text);

  cpus = {
    aarch64 = cpu "arm" 64 "arm64" // { arch = "armv8-a"; };
    armv5tel = arm32 "armv5t" "gnueabi";
    armv6l = arm32 "armv6" "gnueabihf";
    armv7a = arm32 "armv7-a" "gnueabihf";
    armv7l = arm32 "armv7" "gnueabihf";
    i686 = cpu "x86" 32 "386" // {
      arch = "i686";
      qemu = "i386";
    };
    loongarch64 = cpu "loongarch" 64 "loong64";
    mips64el = cpu "mips" 64 "mips64le" // { uname = "mips64"; };
    mipsel = cpu "mips" 32 "mipsle";
    powerpc64 = cpu "power" 64 "ppc64" // {
      bigEndian = true;
      qemu = "ppc64";
      uname = "ppc64";
    };
    powerpc64le = cpu "power" 64 "ppc64le" // {
      qemu = "ppc64le";
      uname = "ppc64le";
    };
    riscv32 = cpu "riscv" 32 "riscv";
    riscv64 = cpu "riscv" 64 "riscv64";
    s390x = cpu "s390" 64 "s390x" // { bigEndian = true; };
    x86_64 = cpu "x86" 64 "amd64" // { arch = "x86-64"; };
  };
  # `oci` is Go's and the OCI specifications' name of the processor.
  cpu = family: bits: oci: { inherit family bits oci; };
  arm32 =
    arch: abi:
    cpu "arm" 32 "arm"
    // {
      inherit abi arch;
      qemu = "arm";
    };

  kernels = {
    darwin = kernel "Darwin" "macho" [ "darwin" ] // { libc = "libSystem"; };
    freebsd = kernel "FreeBSD" "elf" [ "bsd" ] // { libc = "fblibc"; };
    linux = kernel "Linux" "elf" [ ] // { libc = "glibc"; };
    netbsd = kernel "NetBSD" "elf" [ "bsd" ] // { libc = "nblibc"; };
    openbsd = kernel "OpenBSD" "elf" [ "bsd" ] // { libc = "oblibc"; };
    windows = kernel "Windows" "pe" [ ] // { libc = "msvcrt"; };
  };
  kernel = uname: format: families: { inherit uname format families; };

  # kernel -> its processors in nixpkgs' lists
  known = {
    cygwin = "i686 x86_64";
    darwin = "x86_64 aarch64";
    freebsd = "i686 x86_64 aarch64";
    genode = "aarch64 i686 x86_64";
    linux = ''
      aarch64 arc armv5tel armv6l armv7a armv7l i686 loongarch64 m68k sh4 microblaze microblazeel mips mips64
      mips64el mipsel powerpc powerpc64 powerpc64le riscv32 riscv64 s390 s390x x86_64
    '';
    netbsd = "aarch64 armv6l armv7a armv7l i686 m68k mipsel powerpc riscv32 riscv64 x86_64";
    none = ''
      aarch64_be aarch64 arm armv6l avr i686 microblaze microblazeel mips mips64 msp430 or1k m68k powerpc powerpcle
      riscv32 riscv64 rx s390 s390x vc4 x86_64
    '';
    openbsd = "i686 x86_64";
    redox = "x86_64";
    solaris = "x86_64";
    uefi = "aarch64 x86_64";
    wasi = "wasm64 wasm32";
    windows = "aarch64 x86_64 i686";
  };
  on = kernelName: map (name: "${name}-${kernelName}") (words known.${kernelName});
  all =
    builtins.concatMap on (builtins.attrNames known)
    ++ [
      "javascript-ghcjs"
      "mmix-mmixware"
    ];
  having = pattern: builtins.filter (double: builtins.match "(${pattern})-.*" double != null) all;

  parse =
    double:
    let
      found = builtins.match "([^-]+)-([^-]+)(-.*)?" double;
    in
    if found == null then
      throw "\"${double}\" is not the name of a platform; they look like \"x86_64-linux\""
    else
      {
        cpuName = builtins.elemAt found 0;
        kernelName = builtins.elemAt found 1;
      };

  look =
    what: set: name:
    set.${name} or (throw "the <nixpkgs> that comes with ocinix does not know the ${what} \"${name}\"");
in
rec {
  elaborate =
    systemOrPlatform:
    let
      given = if builtins.isAttrs systemOrPlatform then systemOrPlatform else { system = systemOrPlatform; };
      inherit (parse given.system) cpuName kernelName;
      processor = look "processor" cpus cpuName;
      operatingSystem = look "kernel" kernels kernelName;
      inherit (processor) family bits;
      isKernel = name: kernelName == name;
      isCpu = wanted: wantedBits: family == wanted && bits == wantedBits;
      hasFamily = name: builtins.elem name operatingSystem.families;
      abi = if isKernel "linux" then processor.abi or "gnu" else "unknown";
      # As uname(1) has it.
      machine =
        if isKernel "darwin" && cpuName == "aarch64" then "arm64" else processor.uname or cpuName;
      platform = {
        inherit (given) system;
        config =
          if isKernel "darwin" then
            "${machine}-apple-darwin"
          else if isKernel "windows" then
            "${cpuName}-w64-mingw32"
          else
            "${cpuName}-unknown-${kernelName}${if abi == "unknown" then "" else "-${abi}"}";
        parsed = {
          cpu = {
            _type = "cpu-type";
            name = cpuName;
            inherit bits family;
            significantByte = {
              _type = "significant-byte";
              name = if processor.bigEndian or false then "bigEndian" else "littleEndian";
            };
            ${if processor ? arch then "arch" else null} = processor.arch;
          };
          kernel = {
            _type = "kernel";
            name = kernelName;
            execFormat = {
              _type = "exec-format";
              name = operatingSystem.format;
            };
          };
          vendor = {
            _type = "vendor";
            name =
              if isKernel "darwin" then
                "apple"
              else if isKernel "windows" then
                "w64"
              else
                "unknown";
          };
          abi = {
            _type = "abi";
            name = abi;
          };
        };
        uname = {
          system = operatingSystem.uname;
          processor = machine;
          release = null;
        };
        inherit (operatingSystem) libc;
        linuxArch =
          if family == "arm" then
            if bits == 64 then "arm64" else "arm"
          else if family == "x86" then
            if bits == 64 then "x86_64" else "i386"
          else if family == "power" then
            "powerpc"
          else
            family;
        darwinArch = if cpuName == "aarch64" then "arm64" else cpuName;
        qemuArch = processor.qemu or cpuName;
        libDir =
          if !isKernel "linux" then
            null
          else if platform.isx86_64 || platform.isMips64 || platform.isPower64 then
            "lib64"
          else
            "lib";
        go = {
          GOOS = kernelName;
          GOARCH = processor.oci;
        };
        extensions = {
          executable = if isKernel "windows" then ".exe" else "";
          sharedLibrary =
            if isKernel "darwin" then
              ".dylib"
            else if isKernel "windows" then
              ".dll"
            else
              ".so";
          library = platform.extensions.sharedLibrary;
          staticLibrary = if isKernel "windows" then ".lib" else ".a";
        };
        canExecute =
          other:
          other.parsed.kernel.name == kernelName
          && (other.parsed.cpu.name == cpuName || cpuName == "x86_64" && other.parsed.cpu.name == "i686");

        is32bit = bits == 32;
        is64bit = bits == 64;
        isAarch = family == "arm";
        isAarch32 = isCpu "arm" 32;
        isAarch64 = isCpu "arm" 64;
        isArmv7 = lib.strings.hasPrefix "armv7" cpuName;
        isBigEndian = processor.bigEndian or false;
        isLittleEndian = !(processor.bigEndian or false);
        isLoongArch64 = isCpu "loongarch" 64;
        isMips = family == "mips";
        isMips64 = isCpu "mips" 64;
        isPower = family == "power";
        isPower64 = isCpu "power" 64;
        isRiscV = family == "riscv";
        isRiscV32 = isCpu "riscv" 32;
        isRiscV64 = isCpu "riscv" 64;
        isS390 = family == "s390";
        isS390x = isCpu "s390" 64;
        isi686 = cpuName == "i686";
        isx86 = family == "x86";
        isx86_32 = isCpu "x86" 32;
        isx86_64 = isCpu "x86" 64;

        isAndroid = false;
        isBSD = hasFamily "bsd";
        isCygwin = false;
        isDarwin = hasFamily "darwin";
        isElf = operatingSystem.format == "elf";
        isFreeBSD = isKernel "freebsd";
        isGnu = abi != "unknown";
        isLinux = isKernel "linux";
        isMacOS = isKernel "darwin";
        isMacho = operatingSystem.format == "macho";
        isMinGW = isKernel "windows";
        isMusl = false;
        isNetBSD = isKernel "netbsd";
        isOpenBSD = isKernel "openbsd";
        isPE = operatingSystem.format == "pe";
        isStatic = false;
        isUnix = !isKernel "windows";
        isWasm = false;
        isWindows = isKernel "windows";
        isiOS = false;
        hasSharedLibraries = true;
      };
    in
    platform // removeAttrs given [ "system" ];

  equals = left: right: left.system == right.system;

  flakeExposed = [
    "x86_64-linux"
    "aarch64-linux"
    "x86_64-darwin"
    "armv6l-linux"
    "armv7l-linux"
    "i686-linux"
    "aarch64-darwin"
    "powerpc64le-linux"
    "riscv64-linux"
    "x86_64-freebsd"
  ];

  doubles = {
    inherit all;
    aarch64 = having "aarch64(_be)?";
    arm = having "arm.*";
    cygwin = on "cygwin";
    darwin = on "darwin";
    freebsd = on "freebsd";
    i686 = having "i686";
    linux = on "linux";
    netbsd = on "netbsd";
    none = [ ];
    openbsd = on "openbsd";
    riscv = having "riscv.*";
    riscv64 = having "riscv64";
    unix = builtins.concatMap on [
      "cygwin"
      "darwin"
      "freebsd"
      "linux"
      "netbsd"
      "openbsd"
      "redox"
      "solaris"
    ];
    wasi = on "wasi";
    windows = on "windows";
    x86 = having "i686|x86_64";
    x86_64 = having "x86_64";
  };
}
