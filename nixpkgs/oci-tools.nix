# OCI containers. The arguments are checked while evaluating, so that an error can say where in the user's file it is;
# `builtin:oci-bundle`, a builder inside ocinix, makes the bundle.
{ lib, packaging, pkgs }:
let
  kinds = {
    bool = "a Boolean";
    float = "a float";
    int = "an integer";
    lambda = "a function";
    list = "a list";
    null = "null";
    path = "a path";
    set = "a set";
    string = "a string";
  };
  kindOf =
    value: if lib.isDerivation value then "a package" else kinds.${builtins.typeOf value} or "a value of another kind";

  # `at` is what is wrong: { set, name } for an attribute, whose place in its file is shown.
  refuse =
    at: message:
    let
      position = builtins.unsafeGetAttrPos at.name at.set;
      place =
        if position == null then
          ""
        else
          "\nat ${position.file}:${toString position.line}:${toString position.column}";
    in
    throw "buildContainer: ${message}${place}";

  expect =
    at: name: what: value:
    refuse at "${name} must be ${what}, but is ${kindOf value}";

  text =
    at: name: value:
    if builtins.isString value then value else expect at name "a string" value;

  isText = value: builtins.isString value || builtins.isPath value || value ? outPath || value ? __toString;

  checkArgs =
    at: args:
    let
      check =
        index: arg:
        let
          name = "args[${toString index}]";
        in
        if !isText arg then
          expect at name "a string, a path or a package" arg
        else if index == 0 && lib.isDerivation arg && arg ? meta.mainProgram then
          refuse at "${name} is the package '${arg.name}', a folder; a program in it is wanted, such as \"\${${lib.getName arg}}/bin/${arg.meta.mainProgram}\" or lib.getExe ${lib.getName arg}"
        else
          arg;
    in
    if !builtins.isList args then
      refuse at "args must be a list, the program and its arguments, but is ${kindOf args}${
        lib.optionalString (isText args) "; write args = [ … ]"
      }"
    else if args == [ ] then
      refuse at "args must name the program to run, but is empty"
    else
      lib.imap0 check args;

  mountKeys = [
    "options"
    "source"
    "type"
  ];

  checkMounts =
    at: mounts:
    if !builtins.isAttrs mounts then
      refuse at "mounts must be a set of mounts by destination, { \"/data\" = { type, source, options }; }, but is ${kindOf mounts}"
    else
      builtins.mapAttrs (checkMount mounts) mounts;

  checkMount =
    mounts: destination: mount:
    let
      at = {
        set = mounts;
        name = destination;
      };
      name = "mounts.\"${destination}\"";
      within = key: {
        set = mount;
        name = key;
      };
      given = key: if mount ? ${key} then mount.${key} else refuse at "${name} has no '${key}'";
      unknown = builtins.filter (key: !builtins.elem key mountKeys) (builtins.attrNames mount);
      key = builtins.head unknown;
      parts = builtins.filter (part: builtins.isString part && part != "") (builtins.split "/" destination);
      place = "/${builtins.concatStringsSep "/" parts}";
      hidesStore = builtins.elem place [
        "/"
        "/nix"
        "/nix/store"
      ];
    in
    if !builtins.isAttrs mount then
      expect at name "a set { type, source, options }" mount
    else if unknown != [ ] then
      refuse (within key) "${name} has an unknown attribute '${key}'; known are 'type', 'source' and 'options'"
    else if builtins.substring 0 1 destination != "/" || builtins.elem "." parts || builtins.elem ".." parts then
      refuse at "${name}: the destination must be an absolute path without '.' and '..'"
    else if hidesStore then
      refuse at "${name} would hide /nix/store, where the container's programs are"
    else
      {
        type = text (within "type") "${name}.type" (given "type");
        source = checkSource (within "source") "${name}.source" (given "source");
        options = checkOptions (within "options") "${name}.options" (mount.options or null);
      };

  checkSource =
    at: name: source:
    if builtins.isPath source then
      refuse at "${name} is a path, which becomes a store object when it is built; write the path on the host as a string: \"${toString source}\""
    else if builtins.hasContext (text at name source) then
      refuse at "${name} is in the store, which the host that runs the container need not have; refer to '${source}' in args, and it is in the container"
    else
      source;

  checkOptions =
    at: name: options:
    if options == null then
      null
    else if !builtins.isList options then
      expect at name "a list of strings" options
    else
      lib.imap0 (index: text at "${name}[${toString index}]") options;
in
{
  # A bundle for an OCI runtime, as a package: a folder with `config.json` and `rootfs`.
  buildContainer =
    {
      # The program to run and its arguments. They, and everything they refer to, are in the container.
      args,
      # By place in the container: { type, source, options }, as in the OCI specification.
      mounts ? { },
      # Whether the container's root file system is read-only.
      readonly ? false,
      os ? "linux",
      arch ? pkgs.stdenv.hostPlatform.parsed.cpu.name,
    }@arguments:
    let
      at = name: {
        set = arguments;
        inherit name;
      };
    in
    packaging.fromBuiltin {
      name = "container";
      builder = "builtin:oci-bundle";
      container = {
        args = checkArgs (at "args") args;
        mounts = checkMounts (at "mounts") mounts;
        readonly =
          if builtins.isBool readonly then readonly else expect (at "readonly") "readonly" "true or false" readonly;
        os =
          if text (at "os") "os" os == "linux" then
            os
          else
            refuse (at "os") "os must be \"linux\": bundles for '${os}' cannot be built";
        arch = text (at "arch") "arch" arch;
      };
      # For errors of the build: they say where in the user's file it is.
      passthru = { inherit arguments; };
    };
}
