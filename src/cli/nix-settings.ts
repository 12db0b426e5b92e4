// The settings of nix.conf: C++ Nix 2.36's, with their defaults, and one of ocinix itself. Most have no meaning here, but
// scripts that set them must go on working: an unknown setting is a warning, and a wrong value an error.
import {
  absolutePath,
  boolean,
  choice,
  fileSet,
  files,
  jobs,
  json,
  lint,
  optionalPath,
  path,
  profiler,
  type SettingKind,
  type SettingValue,
  sandbox,
  sandboxPaths,
  signed64,
  store,
  storeSet,
  stores,
  text,
  unsigned32,
  unsigned64,
  wordMap,
  wordSet,
  words,
} from "./setting-kinds.ts";

export interface Setting {
  readonly kind: SettingKind;
  /** As in nix.conf. */
  readonly default: string;
  readonly aliases?: readonly string[];
  /** The experimental feature without which the setting is left alone. */
  readonly feature?: string;
  /** The lint that this old switch turns on and off. */
  readonly replacement?: string;
}

function setting(kind: SettingKind, defaultText: string, more: Partial<Setting> = {}): Setting {
  return { kind, default: defaultText, ...more };
}

const messageVersion = choice("2.34", "2.36");

/** By name, in byte order. */
export const nixSettings: Readonly<Record<string, Setting>> = {
  "abort-on-warn": setting(boolean, "false"),
  "accept-flake-config": setting(boolean, "false", { feature: "flakes" }),
  "access-tokens": setting(wordMap, ""),
  "allow-dirty": setting(boolean, "true"),
  "allow-dirty-locks": setting(boolean, "false", { feature: "flakes" }),
  "allow-import-from-derivation": setting(boolean, "true"),
  "allow-new-privileges": setting(boolean, "false"),
  "allow-symlinked-store": setting(boolean, "false"),
  "allow-unsafe-native-code-during-evaluation": setting(boolean, "false"),
  "allowed-impure-host-deps": setting(fileSet, ""),
  "allowed-uris": setting(words, ""),
  "allowed-users": setting(words, "*"),
  "always-allow-substitutes": setting(boolean, "false"),
  "auto-allocate-uids": setting(boolean, "false", { feature: "auto-allocate-uids" }),
  "auto-optimise-store": setting(boolean, "false"),
  "bash-prompt": setting(text, ""),
  "bash-prompt-prefix": setting(text, ""),
  "bash-prompt-suffix": setting(text, ""),
  "build-dir": setting(optionalPath, ""),
  "build-hook": setting(words, "nix __build-remote"),
  "build-hook-kill-timeout": setting(unsigned32, "500"),
  "build-poll-interval": setting(unsigned32, "5"),
  "build-users-group": setting(text, ""),
  builders: setting(text, "@/etc/nix/machines"),
  "builders-use-substitutes": setting(boolean, "false"),
  "commit-lock-file-summary": setting(text, "", { aliases: ["commit-lockfile-summary"], feature: "flakes" }),
  "compress-build-log": setting(boolean, "true", { aliases: ["build-compress-log"] }),
  "connect-timeout": setting(unsigned64, "15"),
  cores: setting(unsigned32, "0", { aliases: ["build-cores"] }),
  "debugger-on-trace": setting(boolean, "false"),
  "debugger-on-warn": setting(boolean, "false"),
  "diff-hook": setting(optionalPath, ""),
  "download-buffer-size": setting(unsigned64, "1048576"),
  "download-speed": setting(unsigned32, "0"),
  "eval-attrset-update-layer-rhs-threshold": setting(unsigned32, "16"),
  "eval-cache": setting(boolean, "true"),
  "eval-profile-file": setting(path, "nix.profile"),
  "eval-profiler": setting(profiler, "disabled"),
  "eval-profiler-frequency": setting(unsigned32, "99"),
  "eval-system": setting(text, ""),
  "experimental-features": setting(wordSet, ""),
  "external-builders": setting(json, "[]"),
  "extra-platforms": setting(wordSet, ""),
  fallback: setting(boolean, "false", { aliases: ["build-fallback"] }),
  "filetransfer-retry-attempts": setting(unsigned32, "5", { aliases: ["download-attempts"] }),
  "filetransfer-retry-delay": setting(unsigned32, "100"),
  "filetransfer-retry-delay-rate-limited": setting(unsigned32, "5000"),
  "filetransfer-retry-jitter": setting(boolean, "true"),
  "filetransfer-retry-max-delay": setting(unsigned32, "60000"),
  "filter-syscalls": setting(boolean, "true"),
  "flake-registry": setting(text, "https://channels.nixos.org/flake-registry.json", { feature: "flakes" }),
  "fsync-metadata": setting(boolean, "true"),
  "fsync-store-paths": setting(boolean, "false"),
  "gc-reserved-space": setting(signed64, "8388608"),
  "hashed-mirrors": setting(words, ""),
  "http-connections": setting(unsigned64, "25", { aliases: ["binary-caches-parallel-connections"] }),
  http2: setting(boolean, "true"),
  http3: setting(boolean, "false"),
  "id-count": setting(unsigned32, "8388608"),
  "ignore-try": setting(boolean, "false"),
  "ignored-acls": setting(wordSet, "security.csm security.selinux system.nfs4_acl"),
  "impersonate-linux-26": setting(boolean, "false", { aliases: ["build-impersonate-linux-26"] }),
  "impure-env": setting(wordMap, "", { feature: "configurable-impure-env" }),
  "json-log-path": setting(optionalPath, ""),
  "keep-build-log": setting(boolean, "true", { aliases: ["build-keep-log"] }),
  "keep-derivations": setting(boolean, "true", { aliases: ["gc-keep-derivations"] }),
  "keep-env-derivations": setting(boolean, "false", { aliases: ["env-keep-derivations"] }),
  "keep-failed": setting(boolean, "false"),
  "keep-going": setting(boolean, "false"),
  "keep-outputs": setting(boolean, "false", { aliases: ["gc-keep-outputs"] }),
  "lint-absolute-path-literals": setting(lint, "ignore"),
  "lint-short-path-literals": setting(lint, "ignore"),
  "lint-url-literals": setting(lint, "ignore"),
  "log-lines": setting(unsigned64, "25"),
  "max-build-log-size": setting(unsigned64, "0", { aliases: ["build-max-log-size"] }),
  "max-call-depth": setting(unsigned32, "10000"),
  "max-free": setting(unsigned64, "9223372036854775807"),
  "max-jobs": setting(jobs, "1", { aliases: ["build-max-jobs"] }),
  "max-silent-time": setting(signed64, "0", { aliases: ["build-max-silent-time"] }),
  "max-substitution-jobs": setting(unsigned32, "16", { aliases: ["substitution-max-jobs"] }),
  "min-free": setting(unsigned64, "0"),
  "min-free-check-interval": setting(unsigned64, "5"),
  "nar-buffer-size": setting(unsigned64, "33554432"),
  "narinfo-cache-meta-ttl": setting(unsigned32, "604800"),
  "narinfo-cache-negative-ttl": setting(unsigned32, "3600"),
  "narinfo-cache-positive-ttl": setting(unsigned32, "2592000"),
  "netrc-file": setting(absolutePath, "/etc/nix/netrc"),
  "nix-path": setting(words, ""),
  "nix-shell-always-looks-for-shell-nix": setting(boolean, "true"),
  "nix-shell-shebang-arguments-relative-to-script": setting(boolean, "true"),
  "plugin-files": setting(files, ""),
  "post-build-hook": setting(text, ""),
  "pre-build-hook": setting(text, ""),
  "preallocate-contents": setting(boolean, "false"),
  "print-missing": setting(boolean, "true"),
  "pure-eval": setting(boolean, "false"),
  "require-drop-supplementary-groups": setting(boolean, "true"),
  "require-sigs": setting(boolean, "true"),
  "restrict-eval": setting(boolean, "false"),
  "run-diff-hook": setting(boolean, "false"),
  sandbox: setting(sandbox, "true", { aliases: ["build-use-chroot", "build-use-sandbox"] }),
  "sandbox-build-dir": setting(absolutePath, "/build"),
  "sandbox-dev-shm-size": setting(text, "50%"),
  "sandbox-fallback": setting(boolean, "true"),
  "sandbox-paths": setting(sandboxPaths, "", { aliases: ["build-chroot-dirs", "build-sandbox-paths"] }),
  "secret-key-files": setting(words, ""),
  "show-trace": setting(boolean, "false"),
  "ssl-cert-file": setting(optionalPath, ""),
  "stalled-download-timeout": setting(unsigned64, "300"),
  "start-id": setting(unsigned32, "872415232"),
  store: setting(store, "auto"),
  substitute: setting(boolean, "true", { aliases: ["build-use-substitutes"] }),
  substituters: setting(stores, "https://cache.nixos.org/", { aliases: ["binary-caches"] }),
  "sync-before-registering": setting(boolean, "false"),
  system: setting(text, ""),
  "system-features": setting(wordSet, "benchmark big-parallel nixos-test uid-range"),
  "tarball-ttl": setting(unsigned32, "3600"),
  timeout: setting(signed64, "0", { aliases: ["build-timeout"] }),
  "trace-function-calls": setting(boolean, "false"),
  "trace-import-from-derivation": setting(boolean, "false"),
  "trace-verbose": setting(boolean, "false"),
  "trust-tarballs-from-git-forges": setting(boolean, "true"),
  "trusted-public-keys": setting(words, "cache.nixos.org-1:6NCHdD59X431o0gWypbMrAURkbJ16ZPMQFGspcDShjY=", {
    aliases: ["binary-cache-public-keys"],
  }),
  "trusted-substituters": setting(storeSet, "", { aliases: ["trusted-binary-caches"] }),
  "trusted-users": setting(words, "root"),
  "upgrade-nix-store-path-url": setting(
    text,
    "https://github.com/NixOS/nixpkgs/raw/master/nixos/modules/installer/tools/nix-fallback-paths.nix",
  ),
  "use-case-hack": setting(boolean, "false"),
  "use-cgroups": setting(boolean, "false"),
  "use-registries": setting(boolean, "true", { feature: "flakes" }),
  "use-sqlite-wal": setting(boolean, "true"),
  "use-xdg-base-directories": setting(boolean, "false"),
  "user-agent-suffix": setting(text, ""),
  "warn-dirty": setting(boolean, "true"),
  "warn-large-path-threshold": setting(unsigned64, "0"),
  "warn-short-path-literals": setting(boolean, "false", { replacement: "lint-short-path-literals" }),
  // Not of Nix: whose error traces and warnings are written.
  "message-version": setting(messageVersion, "2.36"),
  // Nor is this: how often a function is called before it is compiled to JavaScript; 0 is at once, a large one never.
  "calls-before-javascript": setting(unsigned64, "1500"),
};

const namesByAlias: ReadonlyMap<string, string> = new Map(
  Object.entries(nixSettings).flatMap(([name, { aliases = [] }]) => [name, ...aliases].map((alias) => [alias, name])),
);

/** What a name in nix.conf means: a setting, or what is added to one (`extra-NAME`). Undefined when it is unknown. */
export function settingNamed(
  name: string,
): { readonly name: string; readonly setting: Setting; readonly adds: boolean } | undefined {
  const known = namesByAlias.get(name);
  if (known !== undefined) return { name: known, setting: nixSettings[known]!, adds: false };
  const added = name.startsWith("extra-") ? namesByAlias.get(name.slice("extra-".length)) : undefined;
  if (added === undefined || nixSettings[added]!.kind.add === undefined) return undefined;
  return { name: added, setting: nixSettings[added]!, adds: true };
}

/** What an option such as `--no-pure-eval` or `--cores` does. */
export interface SettingOption {
  readonly name: string;
  /** What it sets; undefined when the next word has it. */
  readonly value?: SettingValue;
  readonly adds: boolean;
}

/** Undefined when no setting has such an option. An alias means the last option of its setting, as in Nix. */
export function settingOption(option: string): SettingOption | undefined {
  return optionsOfSettings().get(option);
}

/** Every spelling of an option that sets a setting. */
export function settingOptions(): Iterable<string> {
  return optionsOfSettings().keys();
}

let options: Map<string, SettingOption> | undefined;

function optionsOfSettings(): ReadonlyMap<string, SettingOption> {
  if (options) return options;
  options = new Map();
  for (const [name, { kind, aliases = [] }] of Object.entries(nixSettings)) {
    for (const [spelling, option] of optionsOf(name, kind)) {
      for (const one of [spelling, ...aliases]) options.set(`--${one}`, option);
    }
  }
  return options;
}

function optionsOf(name: string, { switches, add }: SettingKind): readonly (readonly [string, SettingOption])[] {
  if (switches) {
    return Object.entries(switches).map(([prefix, value]) => [prefix + name, { name, value, adds: false }]);
  }
  const sets = [name, { name, adds: false }] as const;
  return add ? [sets, [`extra-${name}`, { name, adds: true }]] : [sets];
}

/** Every experimental feature of Nix 2.36, in its own order. */
export const experimentalFeatures: readonly string[] = [
  "ca-derivations",
  "impure-derivations",
  "flakes",
  "fetch-tree",
  "nix-command",
  "git-hashing",
  "recursive-nix",
  "fetch-closure",
  "auto-allocate-uids",
  "cgroups",
  "daemon-trust-override",
  "dynamic-derivations",
  "parse-toml-timestamps",
  "read-only-local-store",
  "local-overlay-store",
  "configurable-impure-env",
  "mounted-ssh-store",
  "verified-fetches",
  "pipe-operators",
  "external-builders",
  "blake3-hashes",
];
