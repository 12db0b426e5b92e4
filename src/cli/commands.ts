// The commands and their options as data: what `--help` shows and the parser accepts. Nothing here may import a
// command, so that `--help` and `--version` load nothing of the evaluator.
import type { CommandSpec, OptionGroup } from "./arguments.ts";
import { exitStatus } from "./exit-status.ts";

const source: OptionGroup = {
  title: "What to evaluate",
  options: {
    expr: { names: ["--expr", "-E"], summary: "The operands are expressions, not files" },
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

const prelude: OptionGroup["options"] = {
  noPrelude: {
    names: ["--no-prelude"],
    summary: "Do not bring the names of pkgs into the scope of the entry file, nor arguments from pkgs",
  },
};

const valueOutput: OptionGroup["options"] = {
  strict: { names: ["--strict"], summary: "Evaluate nested values too" },
  json: { names: ["--json"], summary: "Print JSON" },
  raw: { names: ["--raw"], summary: "Print a string as it is, without a newline" },
  xml: { names: ["--xml"], summary: "Print XML" },
  noLocation: { names: ["--no-location"], summary: "Leave source positions out of the XML" },
};

const evaluation: OptionGroup = {
  title: "How to evaluate",
  options: {
    impure: { names: ["--impure"], summary: "Allow what --pure-eval forbids (the default)" },
    store: { names: ["--store"], values: ["DIR"], summary: "Keep store objects in this folder (OCINIX_STORE)" },
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
    keepFailed: { names: ["--keep-failed", "-K"] },
    keepGoing: { names: ["--keep-going", "-k"] },
    maxJobs: { names: ["--max-jobs", "-j"], values: ["N"] },
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
        apply: { names: ["--apply"], values: ["FUNCTION"], summary: "Print the result of calling this with the value" },
        writeTo: {
          names: ["--write-to"],
          values: ["DIR"],
          summary: "Write a string to a file, a set of strings to a folder",
        },
      },
    },
    { ...evaluation, options: { ...prelude, ...evaluation.options } },
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
        eval: { names: ["--eval", "--eval-only"], summary: "Print the value instead of writing derivations" },
        parse: { names: ["--parse", "--parse-only"], summary: "Print the parsed expression" },
        findFile: { names: ["--find-file"], summary: "The operands are names to find as <NAME>" },
        dryRun: { names: ["--dry-run"], summary: "Print paths and write nothing" },
        readWriteMode: { names: ["--read-write-mode"], summary: "With --eval, write to the store too" },
        addRoot: {
          names: ["--add-root"],
          values: ["PATH"],
          isLegacy: true,
          summary: "Make this a link to the derivation",
        },
        indirect: { names: ["--indirect"] },
        noGcWarning: { names: ["--no-gc-warning"] },
        evalStore: { names: ["--eval-store"], values: ["URL"] },
      },
    },
    { title: "What to print", options: valueOutput },
    evaluation,
    settings,
    ignored,
  ],
  usageStatus: exitStatus.failure,
};

/** Every command, in the order of the help. */
export const commands: readonly CommandSpec[] = [buildSpec, runSpec, evalSpec, instantiateSpec];
