// The commands and their options as data: what `--help` shows and the parser accepts. Nothing here may import a
// command, so that `--help` and `--version` load nothing of the evaluator.
import type { CommandSpec, OptionGroup, OptionSpec } from "./arguments.ts";
import { exitStatus } from "./exit-status.ts";

const source: OptionGroup = {
  title: "What to evaluate",
  options: {
    expr: { names: ["--expr", "-E"], isLegacy: true, summary: "The operands are expressions, not files" },
    attr: {
      names: ["--attr", "-A"],
      values: ["PATH"],
      isLegacy: true,
      summary: "Pick an attribute, such as 'web.container'; may be repeated",
    },
    arg: { names: ["--arg"], values: ["NAME", "EXPR"], summary: "Call functions with this argument" },
    argstr: { names: ["--argstr"], values: ["NAME", "TEXT"], summary: "The same with a string" },
    argFromFile: { names: ["--arg-from-file"], values: ["NAME", "FILE"], summary: "The same with a file's contents" },
    argFromStdin: { names: ["--arg-from-stdin"], values: ["NAME"], summary: "The same with what standard input says" },
    include: {
      names: ["-I", "--include"],
      values: ["[NAME=]PATH"],
      summary: "Search <NAME> here, before NIX_PATH; may be repeated",
    },
  },
};

const fileOption: OptionSpec = { names: ["--file", "-f"], values: ["FILE"], summary: "The same as an operand" };

const prelude: OptionGroup["options"] = {
  noPrelude: {
    names: ["--no-prelude"],
    summary: "Do not bring the names of pkgs into the scope of the entry file, nor arguments from pkgs",
  },
};

const valueOutput: OptionGroup["options"] = {
  strict: { names: ["--strict"], isLegacy: true, summary: "Evaluate nested values too" },
  json: { names: ["--json"], isLegacy: true, summary: "Print JSON" },
  raw: { names: ["--raw"], isLegacy: true, summary: "Print a string as it is, without a newline" },
  xml: { names: ["--xml"], isLegacy: true, summary: "Print XML" },
  noLocation: { names: ["--no-location"], isLegacy: true, summary: "Leave source positions out of the XML" },
};

const pretty: OptionGroup["options"] = {
  pretty: { names: ["--pretty"], summary: "Indent JSON, as on a terminal" },
  noPretty: { names: ["--no-pretty"], summary: "Print JSON in one line, as elsewhere" },
};

const evaluation: OptionGroup = {
  title: "How to evaluate",
  options: {
    impure: { names: ["--impure"], means: "--no-pure-eval", summary: "Allow what --pure-eval forbids (the default)" },
    store: { names: ["--store"], values: ["DIR"], summary: "Keep store objects in this folder (OCINIX_STORE)" },
  },
};

const reports: OptionGroup = {
  title: "How errors are shown",
  options: {
    explain: { names: ["--explain"], summary: "Mark the code, say what could be done, keep the frames that matter" },
    diagnostics: {
      names: ["--diagnostics"],
      values: ["FORMAT"],
      summary: "For tools: 'json' prints an error as one JSON object in a line",
    },
  },
};

const settings: OptionGroup = {
  title: "Settings",
  settings: true,
  options: {
    showTrace: { names: ["--show-trace"], summary: "Show the whole trace of an error" },
    pureEval: { names: ["--pure-eval"], summary: "No access to files, environment and time" },
    experimentalFeatures: {
      names: ["--extra-experimental-features"],
      values: ["NAMES"],
      summary: "Turn language features on, such as 'pipe-operators'",
    },
    option: { names: ["--option"], values: ["NAME", "VALUE"], summary: "Any setting of nix.conf" },
  },
};

/** What nix-instantiate takes and what makes no difference here. */
const ignored: OptionGroup = {
  title: "Ignored",
  options: {
    verbose: { names: ["--verbose", "-v"] },
    quiet: { names: ["--quiet"] },
    debug: { names: ["--debug"] },
    logFormat: { names: ["--log-format"], values: ["FORMAT"] },
    noBuildOutput: { names: ["--no-build-output", "-Q"] },
    keepFailed: { names: ["-K"], means: "--keep-failed" },
    keepGoing: { names: ["-k"], means: "--keep-going" },
    maxJobs: { names: ["-j"], means: "--max-jobs" },
    readonlyMode: { names: ["--readonly-mode"] },
    repair: { names: ["--repair"] },
  },
};

const evalSpec: CommandSpec = {
  name: "eval",
  usage: ["[OPTION]... [FILE]...", "[OPTION]... -E EXPR..."],
  summary: "Evaluate an expression and print its value",
  description: [
    "Without FILE, ./default.nix is evaluated; '-' is standard input. The entry file may use the names of pkgs, and a " +
      "function at its top gets the arguments it needs from pkgs.",
  ],
  examples: [
    ["ocinix eval -E '1 + 1'", "prints 2"],
    ["ocinix eval --json --strict config.nix", "prints the whole value as JSON"],
    ["ocinix eval -A web.container.drvPath containers.nix", "prints one attribute"],
  ],
  groups: [
    source,
    {
      title: "What to print",
      options: {
        ...valueOutput,
        ...pretty,
        apply: { names: ["--apply"], values: ["FUNCTION"], summary: "Print the result of calling this with the value" },
        writeTo: {
          names: ["--write-to"],
          values: ["DIR"],
          summary: "Write a string to a file, a set of strings to a folder",
        },
      },
    },
    { ...evaluation, options: { ...prelude, ...evaluation.options } },
    reports,
    settings,
    ignored,
  ],
  usageStatus: exitStatus.usage,
};

const buildSpec: CommandSpec = {
  name: "build",
  usage: ["[OPTION]... [FILE]", "[OPTION]... -E EXPR"],
  summary: "Build a container expression into an OCI bundle",
  description: [
    "The result appears as a link 'result' to a folder with config.json and rootfs, which runc and crun run. A build " +
      "that fails leaves an earlier result as it is.",
    "With --substituters 'CACHE...' (file://, http://, https://) or this setting in nix.conf, outputs that only a program " +
      "could build are first looked for in these binary caches. They have to be signed by a key of --trusted-public-keys.",
  ],
  examples: [
    ["ocinix build container.nix", "builds, and links ./result to the bundle"],
    ["ocinix build -A web.container -o web containers.nix", "builds one of several, as ./web"],
  ],
  groups: [
    source,
    {
      title: "What to write",
      options: {
        outLink: { names: ["--out-link", "-o"], values: ["PATH"], summary: "Name of the link; default ./result" },
        noOutLink: { names: ["--no-out-link"], summary: "Make no link" },
        json: { names: ["--json"], summary: "Print drvPath and outputs as JSON" },
        dryRun: { names: ["--dry-run"], summary: "Say what would be built, and build nothing" },
      },
    },
    { ...evaluation, options: { ...prelude, ...evaluation.options } },
    reports,
    settings,
    ignored,
  ],
  usageStatus: exitStatus.usage,
};

const runSpec: CommandSpec = {
  name: "run",
  usage: ["[OPTION]... [FILE] [-- ARG...]", "[OPTION]... -E EXPR [-- ARG...]"],
  summary: "Build a container expression and run it",
  description: [
    "Runs as root, or without root in a user namespace of its own. What follows '--' is added to the " +
      "container's command. The exit status is the container's.",
  ],
  examples: [
    ["ocinix run container.nix", "runs the container in the terminal"],
    ["ocinix run container.nix -- -c 'ls /'", "runs it with more arguments"],
  ],
  groups: [
    source,
    {
      title: "How to run",
      options: {
        runtime: { names: ["--runtime"], values: ["PROGRAM"], summary: "crun or runc; by default the one there is" },
        name: { names: ["--name"], values: ["ID"], summary: "Name of the container; by default a new one" },
      },
    },
    { ...evaluation, options: { ...prelude, ...evaluation.options } },
    reports,
    settings,
    ignored,
  ],
  usageStatus: exitStatus.usage,
};

const instantiateSpec: CommandSpec = {
  name: "instantiate",
  usage: ["[OPTION]... [FILE]...", "[OPTION]... -E EXPR..."],
  summary: "Evaluate as nix-instantiate does, to the byte",
  description: [
    "Takes the options of nix-instantiate and prints what it prints. Without --eval, derivations are written to the " +
      "store and their paths printed.",
  ],
  examples: [
    ["ocinix instantiate --eval --strict -E '{ a = 1; }'", "prints { a = 1; }"],
    ["ocinix instantiate default.nix -A hello", "prints a store path that ends in .drv"],
  ],
  groups: [
    source,
    {
      title: "What to do",
      options: {
        eval: {
          names: ["--eval", "--eval-only"],
          isLegacy: true,
          summary: "Print the value instead of writing derivations",
        },
        parse: { names: ["--parse", "--parse-only"], isLegacy: true, summary: "Print the parsed expression" },
        findFile: { names: ["--find-file"], isLegacy: true, summary: "The operands are names to find as <NAME>" },
        dryRun: { names: ["--dry-run"], isLegacy: true, summary: "Print paths and write nothing" },
        readWriteMode: { names: ["--read-write-mode"], isLegacy: true, summary: "With --eval, write to the store too" },
        addRoot: {
          names: ["--add-root"],
          values: ["PATH"],
          isLegacy: true,
          summary: "Make this a link to the derivation",
        },
        indirect: { names: ["--indirect"], isLegacy: true },
        noGcWarning: { names: ["--no-gc-warning"] },
        evalStore: { names: ["--eval-store"], values: ["URL"] },
      },
    },
    { title: "What to print", options: valueOutput },
    evaluation,
    reports,
    settings,
    ignored,
  ],
  usageStatus: exitStatus.failure,
  style: "nix-instantiate",
};

const replSpec: CommandSpec = {
  name: "repl",
  usage: ["[OPTION]... [FILE]...", "[OPTION]... -E EXPR..."],
  summary: "Evaluate expressions as they are typed",
  description: [
    "The attributes of what the files or expressions give become variables. ':?' lists what can be entered; Tab completes, " +
      "Ctrl-R searches what was entered before, Ctrl-C stops an evaluation, Ctrl-D leaves.",
  ],
  examples: [
    ["ocinix repl", "starts with the names of pkgs"],
    ["ocinix repl containers.nix", "starts with the attributes of a file as well"],
    ["echo '1 + 1' | ocinix repl", "prints 2"],
  ],
  groups: [
    { ...source, title: "What to load", options: { file: fileOption, ...source.options } },
    { ...evaluation, options: { ...prelude, ...evaluation.options } },
    reports,
    settings,
    ignored,
  ],
  usageStatus: exitStatus.usage,
};

const derivationShowSpec: CommandSpec = {
  name: "derivation show",
  usage: ["[OPTION]... [FILE|DRVPATH]...", "[OPTION]... -E EXPR..."],
  summary: "Print derivations as JSON",
  description: [
    "Prints what the derivations of an expression, or those at store paths, say about their builds, as 'nix derivation " +
      "show' does. Nothing is built.",
  ],
  examples: [
    ["ocinix derivation show -A web containers.nix", "prints the derivation of one attribute"],
    ["ocinix derivation show -r /nix/store/….drv", "prints a derivation with all that it needs"],
  ],
  groups: [
    source,
    {
      title: "What to print",
      options: {
        recursive: { names: ["--recursive", "-r"], summary: "Also the derivations that are needed" },
        ...pretty,
      },
    },
    { ...evaluation, options: { ...prelude, ...evaluation.options } },
    reports,
    settings,
    ignored,
  ],
  usageStatus: exitStatus.failure,
  isUtility: true,
};

const logging: OptionGroup = {
  title: "Ignored",
  options: {
    verbose: { names: ["--verbose", "-v"] },
    quiet: { names: ["--quiet"] },
    debug: { names: ["--debug"] },
    logFormat: { names: ["--log-format"], values: ["FORMAT"] },
  },
};

/** A command that works as the one of C++ Nix with the same name, to the letter. */
function nixCommand(spec: Omit<CommandSpec, "usageStatus" | "style" | "isUtility">): CommandSpec {
  const groups = [...spec.groups, { ...settings, options: {} }, logging];
  return { ...spec, groups, usageStatus: exitStatus.failure, style: "nix", isUtility: true };
}

const algorithm = (...names: readonly string[]): OptionSpec => ({
  names,
  values: ["ALGORITHM"],
  summary: "blake3, md5, sha1, sha256 or sha512",
});

const digestFormat: OptionGroup = {
  title: "How to print a hash",
  options: {
    sri: { names: ["--sri"], summary: "With the algorithm, in base64 (the default)" },
    base64: { names: ["--base64"], summary: "In base64" },
    base32: { names: ["--base32"], summary: "In the base 32 of Nix" },
    base16: { names: ["--base16"], summary: "In base 16" },
  },
};

const hashFileSpec = nixCommand({
  name: "hash file",
  usage: ["[OPTION]... FILE..."],
  summary: "Print the hash of a file's contents",
  description: [],
  examples: [["ocinix hash file archive.tar.gz", "prints what fetchurl wants as its hash"]],
  groups: [{ title: "What to compute", options: { type: algorithm("--type") } }, digestFormat],
});

const hashPathSpec = nixCommand({
  name: "hash path",
  usage: ["[OPTION]... PATH..."],
  summary: "Print the hash of a file or a folder with all that is in it",
  description: ["The hash is that of the path's Nix archive (NAR)."],
  examples: [["ocinix hash path src", "prints what fetchTarball wants as its hash"]],
  groups: [
    {
      title: "What to compute",
      options: {
        mode: { names: ["--mode"], values: ["MODE"], summary: "nar (the default) or flat" },
        algo: algorithm("--algo"),
        type: { names: ["--type"], values: ["ALGORITHM"] },
      },
    },
    {
      ...digestFormat,
      options: {
        format: { names: ["--format"], values: ["FORMAT"], summary: "sri (the default), base16, nix32 or base64" },
        ...digestFormat.options,
      },
    },
  ],
});

const hashConvertSpec = nixCommand({
  name: "hash convert",
  usage: ["[OPTION]... HASH..."],
  summary: "Write a hash in another format",
  description: [],
  examples: [["ocinix hash convert --to base16 sha256-…", "prints the hash in base 16"]],
  groups: [
    {
      title: "Formats",
      options: {
        from: { names: ["--from"], values: ["FORMAT"], summary: "Refuse hashes in another format than this" },
        to: { names: ["--to"], values: ["FORMAT"], summary: "sri (the default), base16, nix32 or base64" },
        hashAlgo: algorithm("--hash-algo"),
      },
    },
  ],
});

const hashToSpecs = ["base16", "base32", "base64", "sri"].map((format) =>
  nixCommand({
    name: `hash to-${format}`,
    usage: ["[OPTION]... HASH..."],
    summary: `The old name of 'hash convert --to ${format === "base32" ? "nix32" : format}'`,
    description: [],
    examples: [[`ocinix hash to-${format} sha256-…`, "prints the hash and says how it is done now"]],
    groups: [{ title: "Formats", options: { type: algorithm("--type") } }],
    isOld: true,
  }),
);

const narPackSpec = nixCommand({
  name: "nar pack",
  usage: ["[OPTION]... PATH"],
  summary: "Write the Nix archive (NAR) of a file or a folder to standard output",
  description: [],
  examples: [["ocinix nar pack src > src.nar", "archives a folder"]],
  groups: [],
  operands: { least: 1, most: 1 },
});

const narListSpec = nixCommand({
  name: "nar ls",
  usage: ["[OPTION]... NAR PATH"],
  summary: "List what a Nix archive has below a path",
  description: [],
  examples: [["ocinix nar ls -lR src.nar /", "lists everything in an archive"]],
  groups: [
    {
      title: "What to print",
      options: {
        recursive: { names: ["--recursive", "-R"], summary: "What is in folders, too" },
        long: { names: ["--long", "-l"], summary: "Types, permissions and sizes, too" },
        directory: { names: ["--directory", "-d"], summary: "Folders themselves and not what is in them" },
        json: { names: ["--json"], summary: "Print JSON" },
        ...pretty,
      },
    },
  ],
  operands: { least: 2, most: 2 },
});

const narCatSpec = nixCommand({
  name: "nar cat",
  usage: ["[OPTION]... NAR PATH"],
  summary: "Write a file of a Nix archive to standard output",
  description: [],
  examples: [["ocinix nar cat src.nar /main.c", "prints one file"]],
  groups: [],
  operands: { least: 2, most: 2 },
});

const storeAddSpec = nixCommand({
  name: "store add",
  usage: ["[OPTION]... PATH"],
  summary: "Add a file or a folder to the store",
  description: ["Prints the store path."],
  examples: [["ocinix store add --dry-run src", "prints the store path and adds nothing"]],
  groups: [
    {
      title: "What to add",
      options: {
        name: { names: ["--name", "-n"], values: ["NAME"], summary: "Of the store object; default the file's" },
        mode: { names: ["--mode"], values: ["MODE"], summary: "nar (the default), flat or text" },
        hashAlgo: algorithm("--hash-algo"),
        dryRun: { names: ["--dry-run"], summary: "Only print the store path" },
        store: { names: ["--store"], values: ["DIR"], summary: "Keep store objects in this folder (OCINIX_STORE)" },
      },
    },
  ],
  operands: { least: 1, most: 1 },
});

const storeFolder: OptionSpec = {
  names: ["--store"],
  values: ["DIR"],
  summary: "The folder with the store objects (OCINIX_STORE)",
};

const storeCopySpec = nixCommand({
  name: "store copy",
  usage: ["[OPTION]... --to CACHE PATH...", "[OPTION]... --from CACHE PATH..."],
  summary: "Copy store objects to or from a binary cache",
  description: [
    "Copies objects with all they refer to. A cache is 'file:///DIR', or to copy from also 'http://…' and 'https://…'. " +
      "What is copied from one is checked: its signature (see --trusted-public-keys and --no-require-sigs), unless it is " +
      "content-addressed, and its contents.",
    "After a '?' a cache can have parameters: compression=none, gzip, zstd (the default), br, xz or bzip2 (the last two " +
      "need these programs); secret-key=FILE signs what is written; write-nar-listing=true writes lists of contents; " +
      "trusted=true asks for no signatures.",
  ],
  examples: [
    ["ocinix store copy --to 'file:///srv/cache?secret-key=/root/key' ./result", "writes a cache that Nix can read"],
    ["ocinix store copy --from https://cache.nixos.org /nix/store/…", "downloads an object with all it needs"],
  ],
  groups: [
    {
      title: "What to copy",
      options: {
        to: { names: ["--to"], values: ["CACHE"], summary: "Write to this binary cache" },
        from: { names: ["--from"], values: ["CACHE"], summary: "Read from this binary cache" },
        noRecursive: { names: ["--no-recursive"], summary: "Only the objects themselves" },
        noCheckSigs: { names: ["--no-check-sigs"], summary: "Ask for no signatures" },
        all: { names: ["--all"], summary: "With --to: every object of the store" },
        store: storeFolder,
      },
    },
  ],
});

const storeSignSpec = nixCommand({
  name: "store sign",
  usage: ["[OPTION]... -k FILE PATH..."],
  summary: "Sign store objects",
  description: ["Adds a signature of each object to what the store knows of it."],
  examples: [["ocinix store sign -k secret.key -r ./result", "signs a result and all it refers to"]],
  groups: [
    {
      title: "What to sign",
      options: {
        keyFile: { names: ["--key-file", "-k"], values: ["FILE"], summary: "The secret key, from 'ocinix key'" },
        recursive: { names: ["--recursive", "-r"], summary: "Also what the objects refer to" },
        all: { names: ["--all"], summary: "Every object of the store" },
        store: storeFolder,
      },
    },
  ],
});

const storeServeSpec = nixCommand({
  name: "store serve",
  usage: ["[OPTION]..."],
  summary: "Serve the store as a binary cache over HTTP",
  description: [
    "Prints the address and serves until it is interrupted; every request is a line on standard error. Nix and ocinix " +
      "can use the address as a substituter. Whoever can reach it can read every object of the store.",
  ],
  examples: [["ocinix store serve --port 8080 -k secret.key", "serves http://localhost:8080, signed"]],
  groups: [
    {
      title: "How to serve",
      options: {
        port: { names: ["--port", "-p"], values: ["PORT"], summary: "Default 8080; 0 for one that is free" },
        host: { names: ["--host"], values: ["ADDRESS"], summary: "Default localhost" },
        keyFile: {
          names: ["--key-file", "-k"],
          values: ["FILE"],
          summary: "Sign with this secret key; may be repeated",
        },
        compression: {
          names: ["--compression"],
          values: ["NAME"],
          summary: "Of archives: none (the default), zstd, gzip",
        },
        priority: {
          names: ["--priority"],
          values: ["NUMBER"],
          summary: "Caches with a lower one come first; default 30",
        },
        store: storeFolder,
      },
    },
  ],
  operands: { least: 0, most: 0 },
});

const keyGenerateSecretSpec = nixCommand({
  name: "key generate-secret",
  usage: ["[OPTION]... --key-name NAME"],
  summary: "Print a new secret key to sign store objects with",
  description: [],
  examples: [["ocinix key generate-secret --key-name cache.example.org-1 > secret.key", "makes a key"]],
  groups: [
    {
      title: "What to make",
      options: { keyName: { names: ["--key-name"], values: ["NAME"], summary: "What signatures call the key" } },
    },
  ],
  operands: { least: 0, most: 0 },
});

const keyConvertSecretToPublicSpec = nixCommand({
  name: "key convert-secret-to-public",
  usage: ["[OPTION]..."],
  summary: "Print the public key of the secret key on standard input",
  description: [],
  examples: [["ocinix key convert-secret-to-public < secret.key", "prints what others put into trusted-public-keys"]],
  groups: [],
  operands: { least: 0, most: 0 },
});

const configShowSpec = nixCommand({
  name: "config show",
  usage: ["[OPTION]... [NAME]"],
  summary: "Print the settings, or one of them",
  description: [
    "They come from nix.conf of the system and of the user, from NIX_CONFIG and from the command line. Many have no " +
      "meaning for ocinix.",
  ],
  examples: [["ocinix config show experimental-features", "prints the features that are on"]],
  groups: [{ title: "What to print", options: { json: { names: ["--json"], summary: "Print JSON" }, ...pretty } }],
  operands: { least: 0, most: 1 },
});

/** Another name of a command. */
function renamed(spec: CommandSpec, name: string): CommandSpec {
  return { ...spec, name, isOld: true };
}

const inStore: OptionGroup["options"] = {
  store: { names: ["--store"], values: ["DIR"], summary: "The folder with the store objects (OCINIX_STORE)" },
};

const narUnpackSpec = nixCommand({
  name: "nar unpack",
  usage: ["[OPTION]... PATH < NAR"],
  summary: "Make a file or a folder of the Nix archive on standard input",
  description: ["PATH must not exist. What Nix refuses in an archive is refused, and so is anything after its end."],
  examples: [["ocinix nar unpack copy < src.nar", "unpacks an archive"]],
  groups: [],
  operands: { least: 1, most: 1 },
});

const pathInfoSpec = nixCommand({
  name: "store path-info",
  usage: ["[OPTION]... PATH...", "[OPTION]... --all"],
  summary: "Print what the store knows of its objects",
  description: ["PATH is a store path, or a link to one such as ./result."],
  examples: [
    ["ocinix store path-info -rSh ./result", "prints all that a result needs, with sizes"],
    ["ocinix store path-info --json --json-format 1 ./result", "prints hash, references, deriver and signatures"],
  ],
  groups: [
    {
      title: "What to print",
      options: {
        all: { names: ["--all"], summary: "Every object of the store" },
        recursive: { names: ["--recursive", "-r"], summary: "Also what the objects refer to" },
        size: { names: ["--size", "-s"], summary: "The size of each object's NAR, in bytes" },
        closureSize: { names: ["--closure-size", "-S"], summary: "The size of each object with all it refers to" },
        humanReadable: { names: ["--human-readable", "-h"], summary: "Sizes in KiB, MiB and so on" },
        sigs: { names: ["--sigs"], summary: "Why each object is trusted: built here, its contents, signatures" },
        json: { names: ["--json"], summary: "Print JSON" },
        jsonFormat: { names: ["--json-format"], values: ["VERSION"], summary: "1, 2 or 3" },
        ...pretty,
        ...inStore,
      },
    },
  ],
});

const storeListSpec = nixCommand({
  name: "store ls",
  usage: ["[OPTION]... PATH"],
  summary: "List what is in a store object",
  description: [],
  examples: [["ocinix store ls -lR /nix/store/…", "lists everything in an object"]],
  groups: [{ title: "What to print", options: { ...narListSpec.groups[0]!.options, ...inStore } }],
  operands: { least: 1, most: 1 },
});

const storeCatSpec = nixCommand({
  name: "store cat",
  usage: ["[OPTION]... PATH"],
  summary: "Write a file of a store object to standard output",
  description: [],
  examples: [["ocinix store cat /nix/store/…/config.json", "prints one file"]],
  groups: [{ title: "Where to look", options: inStore }],
  operands: { least: 1, most: 1 },
});

const storeDumpSpec = nixCommand({
  name: "store dump-path",
  usage: ["[OPTION]... PATH"],
  summary: "Write the Nix archive (NAR) of a store object to standard output",
  description: [],
  examples: [["ocinix store dump-path ./result > result.nar", "archives an object"]],
  groups: [{ title: "Where to look", options: inStore }],
});

const storeVerifySpec = nixCommand({
  name: "store verify",
  usage: ["[OPTION]...", "[OPTION]... PATH...", "[OPTION]... --all"],
  summary: "Check that store objects are what was registered",
  description: [
    "Without PATH, the store is compared with its database: objects that are missing become invalid unless others refer " +
      "to them, and --check-contents hashes all others. The exit status is 1 when something is wrong.",
    "With PATH or --all, objects are hashed, and have to be built here, content-addressed or signed. The exit status is " +
      "the sum of 1 (modified), 2 (untrusted) and 4 (cannot be read).",
  ],
  examples: [
    ["ocinix store verify --check-contents", "checks the whole store"],
    ["ocinix store verify -r ./result", "checks a result and all it needs"],
  ],
  groups: [
    {
      title: "What to check",
      options: {
        checkContents: { names: ["--check-contents"], summary: "Without PATH: hash every object" },
        all: { names: ["--all"], summary: "Every object of the store" },
        recursive: { names: ["--recursive", "-r"], summary: "Also what the objects refer to" },
        noContents: { names: ["--no-contents"], summary: "Do not hash" },
        noTrust: { names: ["--no-trust"], summary: "Ask for no signatures" },
        sigsNeeded: { names: ["--sigs-needed", "-n"], values: ["N"], summary: "Ask for signatures of N keys" },
        repair: { names: ["--repair"] },
        ...inStore,
      },
    },
  ],
});

const storeGcSpec = nixCommand({
  name: "store gc",
  usage: ["[OPTION]..."],
  summary: "Delete what no result link and no process needs",
  description: [
    "Roots are the links that 'build' and 'instantiate --add-root' make, everything in gcroots and profiles of the " +
      "store's state folder, what running processes use, and what other processes are adding. The settings keep-outputs " +
      "and keep-derivations are those of Nix. Needs the program flock.",
  ],
  examples: [
    ["ocinix store gc --dry-run", "says how much is garbage"],
    ["ocinix store gc --max 1G", "stops when 1 GiB is freed"],
  ],
  groups: [
    {
      title: "What to do",
      options: {
        dryRun: { names: ["--dry-run"], summary: "Delete nothing" },
        max: { names: ["--max", "--max-freed"], values: ["BYTES"], summary: "Stop when more than this is freed" },
        printRoots: { names: ["--print-roots"], summary: "Print who needs what, and delete nothing" },
        ...inStore,
      },
    },
  ],
  operands: { least: 0, most: 0 },
});

const storeDeleteSpec = nixCommand({
  name: "store delete",
  usage: ["[OPTION]... PATH..."],
  summary: "Delete store objects, unless something needs them",
  description: ["Needs the program flock."],
  examples: [["ocinix store delete /nix/store/…", "deletes an object"]],
  groups: [
    {
      title: "What to delete",
      options: {
        recursive: { names: ["--recursive", "-r"], summary: "Also what the objects refer to" },
        alsoReferrers: { names: ["--also-referrers"], summary: "Also what refers to them" },
        skipAlive: { names: ["--skip-alive", "--skip-live"], summary: "Leave what is needed and do not complain" },
        ignoreLiveness: { names: ["--ignore-liveness"], summary: "Also what a root needs" },
        ...inStore,
      },
    },
  ],
});

const storeOptimiseSpec = nixCommand({
  name: "store optimise",
  usage: ["[OPTION]..."],
  summary: "Replace equal files of the store by hard links",
  description: [],
  examples: [["ocinix store optimise", "says how much it has freed"]],
  groups: [{ title: "Where to look", options: inStore }],
  operands: { least: 0, most: 0 },
});

const whyDependsSpec = nixCommand({
  name: "store why-depends",
  usage: ["[OPTION]... PATH DEPENDENCY"],
  summary: "Print why an object needs another one",
  description: [],
  examples: [["ocinix store why-depends --precise ./result /nix/store/…", "prints the files that refer to it"]],
  groups: [
    {
      title: "What to print",
      options: {
        all: { names: ["--all", "-a"], summary: "Every chain of references, not only a shortest one" },
        precise: { names: ["--precise"], summary: "The place of each reference" },
        ...inStore,
      },
    },
  ],
  operands: { least: 2, most: 2 },
});

const diffClosuresSpec = nixCommand({
  name: "store diff-closures",
  usage: ["[OPTION]... BEFORE AFTER"],
  summary: "Print which packages differ between two objects with all they need",
  description: [],
  examples: [["ocinix store diff-closures ./result-old ./result", "prints versions and sizes that changed"]],
  groups: [{ title: "Where to look", options: inStore }],
  operands: { least: 2, most: 2 },
});

const storeQuerySpec = nixCommand({
  name: "store query",
  usage: ["--graph [OPTION]... PATH..."],
  summary: "Print how objects refer to each other",
  description: [],
  examples: [["ocinix store query --graph ./result | dot -Tsvg > graph.svg", "draws what a result needs"]],
  groups: [
    {
      title: "What to print",
      options: { graph: { names: ["--graph"], summary: "The references, in the language of Graphviz" }, ...inStore },
    },
  ],
});

/** Every command, in the order of the help. */
export const commands: readonly CommandSpec[] = [
  ...[buildSpec, runSpec, evalSpec, replSpec, instantiateSpec],
  ...[derivationShowSpec, hashFileSpec, hashPathSpec, hashConvertSpec, ...hashToSpecs],
  ...[narPackSpec, narListSpec, narCatSpec, narUnpackSpec],
  ...[storeAddSpec, pathInfoSpec, storeListSpec, storeCatSpec, storeDumpSpec, renamed(storeDumpSpec, "store dump")],
  ...[storeVerifySpec, storeGcSpec, storeDeleteSpec, storeOptimiseSpec],
  ...[whyDependsSpec, diffClosuresSpec, storeQuerySpec],
  ...[renamed(pathInfoSpec, "path-info"), renamed(whyDependsSpec, "why-depends")],
  ...[storeCopySpec, storeSignSpec, storeServeSpec, keyGenerateSecretSpec, keyConvertSecretToPublicSpec],
  configShowSpec,
];
