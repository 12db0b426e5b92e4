# Options, definitions, priorities and merging, in the manner of NixOS modules.
let
  inherit (builtins) attrNames attrValues concatLists concatMap filter foldl' genList isAttrs isFunction length listToAttrs map mapAttrs toString zipAttrsWith;
  mkOption = option: { _type = "option"; } // option;
  mkForce = content: { _type = "override"; priority = 50; inherit content; };
  mkIf = condition: content: { _type = "if"; inherit condition content; };
  types = {
    int = { merge = defs: (builtins.head defs).value; };
    list = { merge = defs: concatMap (def: def.value) defs; };
    attrs = { merge = defs: foldl' (a: def: a // def.value) { } defs; };
  };
  discharge = value:
    if isAttrs value && value ? _type then
      if value._type == "if" then if value.condition then discharge value.content else [ ] else [ value ]
    else
      [ value ];
  priorityOf = value: if isAttrs value && (value._type or "") == "override" then value.priority else 100;
  contentOf = value: if isAttrs value && (value._type or "") == "override" then value.content else value;
  mergeOption = option: defs:
    let
      values = concatMap (def: map (value: { inherit (def) file; inherit value; }) (discharge def.value)) defs;
      highest = foldl' (best: def: if priorityOf def.value < best then priorityOf def.value else best) 1000 values;
      winners = filter (def: priorityOf def.value == highest) values;
    in
    if winners == [ ] then option.default else option.type.merge (map (def: def // { value = contentOf def.value; }) winners);
  evalModules = modules:
    let
      loaded = genList (n: let module = builtins.elemAt modules n; in (if isFunction module then module { inherit config lib; } else module) // { file = "module${toString n}"; }) (length modules);
      options = foldl' (all: module: zipAttrsWith (_: groups: foldl' (a: b: a // b) { } groups) [ all (module.options or { }) ]) { } loaded;
      definitionsOf = group: name: concatMap (module: if (module.config or { }) ? ${group} && module.config.${group} ? ${name} then [ { inherit (module) file; value = module.config.${group}.${name}; } ] else [ ]) loaded;
      config = mapAttrs (group: members: mapAttrs (name: option: mergeOption option (definitionsOf group name)) members) options;
    in
    config;
  lib = { inherit mkOption mkForce mkIf types; };
  service = n: { config, lib, ... }: {
    options."service${toString n}" = {
      port = lib.mkOption { type = lib.types.int; default = 8000 + n; };
      packages = lib.mkOption { type = lib.types.list; default = [ ]; };
      settings = lib.mkOption { type = lib.types.attrs; default = { }; };
    };
    config."service${toString n}" = {
      port = lib.mkIf (n / 2 * 2 == n) (lib.mkForce (9000 + n));
      packages = [ "package${toString n}" ];
      settings = { "key${toString n}" = config."service${toString n}".port; };
    };
    config.shared.packages = config."service${toString n}".packages;
  };
  shared = { options.shared.packages = mkOption { type = types.list; default = [ ]; }; };
  run = count: let config = evalModules ([ shared ] ++ genList service count); in
    foldl' (sum: group: sum + length group.packages + (group.port or 0)) 0 (attrValues config);
in
map run [ 60 100 150 200 250 300 350 ]
