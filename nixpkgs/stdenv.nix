# As much of nixpkgs' standard environment as expressions ask for. There is no compiler in it.
{ lib, packaging, pkgs }:
let
  platform = lib.systems.elaborate pkgs.system;
in
{
  name = "stdenv";
  inherit (pkgs) system;
  buildPlatform = platform;
  hostPlatform = platform;
  targetPlatform = platform;
  inherit (platform)
    is32bit
    is64bit
    isAarch32
    isAarch64
    isBSD
    isBigEndian
    isDarwin
    isFreeBSD
    isLinux
    isi686
    isx86_32
    isx86_64
    ;

  shell = pkgs.runtimeShell;
  shellPackage = pkgs.runtimeShellPackage;
  # The programs that every build finds in PATH.
  initialPath = [
    pkgs.bash
    pkgs.coreutils
    pkgs.findutils
    pkgs.gnugrep
    pkgs.gnused
    pkgs.gnutar
    pkgs.gzip
  ];
  hasCC = false;
  cc = throw "stdenv.cc: the <nixpkgs> that comes with ocinix has no C compiler; point <nixpkgs> at real nixpkgs to compile (NIX_PATH, or -I nixpkgs=PATH)";

  mkDerivation = packaging.fromPhases;
}
