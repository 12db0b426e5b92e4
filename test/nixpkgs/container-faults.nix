# Calls of buildContainer that are wrong. `container-faults.json` holds what C++ Nix says about each.
{ buildContainer, bash }:
let
  args = [ "/bin/true" ];
  mount = {
    type = "none";
    source = "/srv";
  };
in
{
  args-missing = buildContainer { readonly = true; };
  args-text = buildContainer { args = "/bin/true --version"; };
  args-number = buildContainer { args = 1; };
  args-empty = buildContainer { args = [ ]; };
  args-element = buildContainer {
    args = [
      "/bin/true"
      1
    ];
  };
  args-package = buildContainer { args = [ bash ]; };
  unknown = buildContainer {
    inherit args;
    mount."/data" = mount;
  };
  readonly = buildContainer {
    inherit args;
    readonly = "false";
  };
  readonly-null = buildContainer {
    inherit args;
    readonly = null;
  };
  os = buildContainer {
    inherit args;
    os = "windows";
  };
  os-type = buildContainer {
    inherit args;
    os = 1;
  };
  arch-type = buildContainer {
    inherit args;
    arch = [ ];
  };
  mounts-list = buildContainer {
    inherit args;
    mounts = [ mount ];
  };
  mount-text = buildContainer {
    inherit args;
    mounts."/data" = "/srv";
  };
  mount-unknown = buildContainer {
    inherit args;
    mounts."/data" = mount // {
      option = [ "ro" ];
    };
  };
  mount-incomplete = buildContainer {
    inherit args;
    mounts."/data" = {
      type = "none";
    };
  };
  mount-type = buildContainer {
    inherit args;
    mounts."/data" = mount // {
      type = true;
    };
  };
  mount-source-path = buildContainer {
    inherit args;
    mounts."/data" = mount // {
      source = /srv;
    };
  };
  mount-source-store = buildContainer {
    inherit args;
    mounts."/data" = mount // {
      source = "${bash}/share";
    };
  };
  mount-source-package = buildContainer {
    inherit args;
    mounts."/data" = mount // {
      source = bash;
    };
  };
  mount-options = buildContainer {
    inherit args;
    mounts."/data" = mount // {
      options = "bind";
    };
  };
  mount-option = buildContainer {
    inherit args;
    mounts."/data" = mount // {
      options = [
        "bind"
        true
      ];
    };
  };
  mount-relative = buildContainer {
    inherit args;
    mounts."data" = mount;
  };
  mount-dots = buildContainer {
    inherit args;
    mounts."/data/../nix" = mount;
  };
  mount-store = buildContainer {
    inherit args;
    mounts."/nix//store/" = mount;
  };
  mount-root = buildContainer {
    inherit args;
    mounts."/" = mount;
  };
}
