// The settings of nix.conf by name and kind, and one of ocinix itself: message-version. Most of them have no meaning here, but scripts that set them must go on
// working: an unknown setting is a warning in Nix, a known one is not.

export type SettingKind = "boolean" | "list" | "value";

const namesByKind: Readonly<Record<SettingKind, string>> = {
  boolean: `abort-on-warn accept-flake-config allow-dirty allow-dirty-locks allow-import-from-derivation
    allow-new-privileges allow-symlinked-store allow-unsafe-native-code-during-evaluation always-allow-substitutes
    auto-allocate-uids auto-optimise-store builders-use-substitutes compress-build-log debugger-on-trace
    debugger-on-warn eval-cache fallback filter-syscalls fsync-metadata fsync-store-paths http2 ignore-try
    impersonate-linux-26 keep-build-log keep-derivations keep-env-derivations keep-failed keep-going keep-outputs
    nix-shell-always-looks-for-shell-nix nix-shell-shebang-arguments-relative-to-script preallocate-contents
    print-missing pure-eval require-drop-supplementary-groups require-sigs restrict-eval run-diff-hook sandbox
    sandbox-fallback show-trace substitute sync-before-registering trace-function-calls trace-import-from-derivation
    trace-verbose trust-tarballs-from-git-forges use-case-hack use-cgroups use-registries use-sqlite-wal
    use-xdg-base-directories warn-dirty warn-short-path-literals`,
  list: `allowed-impure-host-deps allowed-uris allowed-users build-hook experimental-features external-builders
    extra-platforms hashed-mirrors ignored-acls nix-path plugin-files secret-key-files substituters system-features
    trusted-public-keys trusted-substituters trusted-users`,
  value: `access-tokens bash-prompt bash-prompt-prefix bash-prompt-suffix build-dir build-poll-interval
    build-users-group builders commit-lock-file-summary connect-timeout cores diff-hook download-attempts
    download-buffer-size download-speed eval-attrset-update-layer-rhs-threshold eval-profile-file eval-profiler
    eval-profiler-frequency eval-system flake-registry gc-reserved-space http-connections id-count impure-env
    json-log-path lint-absolute-path-literals lint-short-path-literals lint-url-literals log-lines max-build-log-size
    max-call-depth max-free max-jobs max-silent-time max-substitution-jobs message-version min-free min-free-check-interval
    nar-buffer-size narinfo-cache-meta-ttl narinfo-cache-negative-ttl narinfo-cache-positive-ttl netrc-file
    post-build-hook pre-build-hook sandbox-build-dir sandbox-dev-shm-size sandbox-paths ssl-cert-file
    stalled-download-timeout start-id store system tarball-ttl timeout upgrade-nix-store-path-url user-agent-suffix
    warn-large-path-threshold`,
};

const kinds: ReadonlyMap<string, SettingKind> = new Map(
  (["boolean", "list", "value"] as const).flatMap((kind) =>
    namesByKind[kind].split(/\s+/).map((name) => [name, kind] as const),
  ),
);

/** The kind of a setting; `extra-NAME` appends to the list NAME. Undefined when there is no such setting. */
export function settingKind(name: string): SettingKind | undefined {
  const kind = kinds.get(name);
  if (kind || !name.startsWith("extra-")) return kind;
  return kinds.get(name.slice("extra-".length)) === "list" ? "list" : undefined;
}

/** What an option such as `--no-pure-eval` or `--cores` sets; `value` is undefined when the next word has it. */
export function settingOption(
  option: string,
): { readonly name: string; readonly value: string | undefined } | undefined {
  if (!option.startsWith("--")) return undefined;
  const name = option.slice(2);
  const kind = settingKind(name);
  if (kind) return { name, value: kind === "boolean" ? "true" : undefined };
  const positive = name.slice("no-".length);
  if (name.startsWith("no-") && settingKind(positive) === "boolean") return { name: positive, value: "false" };
  return undefined;
}

/** Every spelling of an option that sets a setting. */
export function* settingOptions(): Iterable<string> {
  yield "--option";
  for (const [name, kind] of kinds) {
    yield `--${name}`;
    if (kind === "boolean") yield `--no-${name}`;
    if (kind === "list") yield `--extra-${name}`;
  }
}

/** Every experimental feature of Nix 2.34; others are a warning. */
export const experimentalFeatures: ReadonlySet<string> = new Set([
  "auto-allocate-uids",
  "blake3-hashes",
  "ca-derivations",
  "cgroups",
  "configurable-impure-env",
  "daemon-trust-override",
  "dynamic-derivations",
  "external-builders",
  "fetch-closure",
  "fetch-tree",
  "flakes",
  "git-hashing",
  "impure-derivations",
  "local-overlay-store",
  "mounted-ssh-store",
  "nix-command",
  "parse-toml-timestamps",
  "pipe-operators",
  "read-only-local-store",
  "recursive-nix",
  "verified-fetches",
]);
