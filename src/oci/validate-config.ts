// Whether a configuration is one that a runtime can run: the schema first, then the rules that no schema can say or
// that the specification's own schema leaves out. All problems are found at once.
import type { ErrorObject } from "ajv-draft-04";
import { bytesFromText } from "../source/bytes.ts";
import { capabilityNames } from "./capabilities.ts";
import { ConfigError, type ConfigProblem } from "./config-error.ts";
import type { RuntimeConfig } from "./runtime-config.ts";
import { schemaErrors } from "./schema-validator.ts";

/**
 * Checks parsed JSON (ordinary text) against the schema of the OCI runtime specification and the rules beyond it, for
 * a Linux container that is to be started. Throws ConfigError `invalid-config` with every problem found.
 */
export function validateConfig(value: unknown): RuntimeConfig {
  const problems = configProblems(value);
  if (problems.length > 0) throw new ConfigError("invalid-config", problems);
  return value as RuntimeConfig;
}

/** What `validateConfig` would complain of. The rules are only applied to what has the right shape. */
export function configProblems(value: unknown): readonly ConfigProblem[] {
  const problems = schemaProblems(value);
  const found = problems.length > 0 ? problems : new RuleChecker().check(value as CheckedConfig);
  return found.map(({ path, message }) => ({ path: bytesFromText(path), message: bytesFromText(message) }));
}

function schemaProblems(value: unknown): ConfigProblem[] {
  const errors = schemaErrors(value);
  // Each branch of an `anyOf` has failed by itself, too.
  const branches = errors.filter(({ schemaPath }) => /\/anyOf\/\d/.test(schemaPath));
  return errors
    .filter((error) => !branches.includes(error))
    .map((error) => ({ path: pathOfPointer(error.instancePath), message: messageOf(error, branches) }));
}

function messageOf({ keyword, params, message, instancePath }: ErrorObject, branches: readonly ErrorObject[]): string {
  switch (keyword) {
    case "additionalProperties":
      return `unknown key '${params["additionalProperty"]}'`;
    case "required":
      return `'${params["missingProperty"]}' is missing`;
    case "type":
      return `must be ${nameOfType(params["type"])}`;
    case "enum":
      return `must be one of ${params["allowedValues"].join(", ")}`;
    case "anyOf":
      return `needs ${branches
        .filter((branch) => branch.instancePath === instancePath)
        .map((branch) => `'${branch.params["missingProperty"]}'`)
        .join(" or ")}`;
    case "pattern":
      return `must match ${params["pattern"]}`;
    case "minItems":
      return "must not be empty";
    default:
      return message ?? `breaks the rule '${keyword}'`;
  }
}

function nameOfType(type: unknown): string {
  switch (type) {
    case "array":
      return "a list";
    case "integer":
    case "object":
      return `an ${type}`;
    default:
      return `a ${type}`;
  }
}

/** `/mounts/0/options` as `mounts[0].options`. */
function pathOfPointer(pointer: string): string {
  const steps = pointer.split("/").slice(1);
  return steps
    .map((step) => step.replaceAll("~1", "/").replaceAll("~0", "~"))
    .reduce((path, step) => {
      if (/^\d+$/.test(step)) return `${path}[${step}]`;
      if (!/^\w+$/.test(step)) return `${path}${path && "."}${JSON.stringify(step)}`;
      return path === "" ? step : `${path}.${step}`;
    }, "");
}

type Hook = { readonly path: string; readonly env?: readonly string[] };

/** What the schema guarantees, as far as the rules look at it. */
type CheckedConfig = Omit<Partial<RuntimeConfig>, "linux"> & {
  readonly ociVersion: string;
  readonly hooks?: Readonly<Record<string, readonly Hook[]>>;
  readonly domainname?: string;
  readonly linux?: RuntimeConfig["linux"] & {
    readonly devices?: readonly {
      readonly type: string;
      readonly path: string;
      readonly major?: number;
      readonly minor?: number;
    }[];
  };
};

/** The resources of getrlimit(2). */
const limitNames: ReadonlySet<string> = new Set(
  "AS CORE CPU DATA FSIZE LOCKS MEMLOCK MSGQUEUE NICE NOFILE NPROC RSS RTPRIO RTTIME SIGPENDING STACK"
    .split(" ")
    .map((name) => `RLIMIT_${name}`),
);

const semver = /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[\w.-]+)?(\+[\w.-]+)?$/;

class RuleChecker {
  private readonly problems: ConfigProblem[] = [];

  check(config: CheckedConfig): ConfigProblem[] {
    if (!semver.test(config.ociVersion)) this.report("ociVersion", `'${config.ociVersion}' is not a semantic version`);
    this.process(config.process);
    if (config.root === undefined) this.report("", "'root' is missing");
    else if (config.root.path === "") this.report("root.path", "must not be empty");
    config.mounts?.forEach(({ destination, source }, index) => {
      this.absolute(`mounts[${index}].destination`, destination);
      if (source !== undefined) this.noNul(`mounts[${index}].source`, source);
    });
    for (const [name, hooks] of Object.entries(config.hooks ?? {})) {
      hooks.forEach(({ path, env }, index) => {
        this.absolute(`hooks.${name}[${index}].path`, path);
        this.environment(`hooks.${name}[${index}].env`, env);
      });
    }
    this.linux(config.linux);
    this.names(config);
    return this.problems;
  }

  private process(process: RuntimeConfig["process"] | undefined): void {
    if (process === undefined) {
      this.report("", "'process' is missing");
      return;
    }
    const { args, cwd, env, capabilities, rlimits } = process;
    if (args === undefined || args.length === 0) this.report("process.args", "must name the program to run");
    else if (args[0] === "") this.report("process.args[0]", "must be the path of a program, but is empty");
    args?.forEach((arg, index) => {
      this.noNul(`process.args[${index}]`, arg);
    });
    this.absolute("process.cwd", cwd);
    this.environment("process.env", env);
    for (const [set, names] of Object.entries(capabilities ?? {}) as [string, readonly string[]][]) {
      names.forEach((name, index) => {
        if (!capabilityNames.has(name)) {
          this.report(`process.capabilities.${set}[${index}]`, `'${name}' is not a capability of Linux`);
        }
      });
    }
    this.unique("process.rlimits", rlimits?.map(({ type }) => type) ?? [], "the limit");
    rlimits?.forEach(({ type, soft, hard }, index) => {
      if (!limitNames.has(type)) this.report(`process.rlimits[${index}].type`, `'${type}' is not a limit of Linux`);
      if (soft > hard) this.report(`process.rlimits[${index}].soft`, `must not be above the hard limit of ${hard}`);
    });
  }

  private linux(linux: CheckedConfig["linux"]): void {
    const { namespaces, devices, uidMappings, gidMappings } = linux ?? {};
    this.unique("linux.namespaces", namespaces?.map(({ type }) => type) ?? [], "the namespace");
    namespaces?.forEach(({ path }, index) => {
      if (path !== undefined) this.absolute(`linux.namespaces[${index}].path`, path);
    });
    for (const key of ["maskedPaths", "readonlyPaths"] as const) {
      linux?.[key]?.forEach((path, index) => {
        this.absolute(`linux.${key}[${index}]`, path);
      });
    }
    devices?.forEach(({ type, path, major, minor }, index) => {
      this.absolute(`linux.devices[${index}].path`, path);
      if (type !== "p" && (major === undefined || minor === undefined)) {
        this.report(`linux.devices[${index}]`, `a device of type ${type} needs 'major' and 'minor'`);
      }
    });
    const user = namespaces?.find(({ type }) => type === "user");
    for (const [key, mappings] of Object.entries({ uidMappings, gidMappings })) {
      const given = mappings !== undefined && mappings.length > 0;
      if (given && user === undefined) this.report(`linux.${key}`, "needs the namespace 'user'");
      if (!given && user !== undefined && user.path === undefined) {
        this.report(`linux.${key}`, "must map an id into the new namespace 'user'");
      }
    }
  }

  /** The kernel knows one host and domain name per uts namespace; runtimes refuse to change the host's. */
  private names(config: CheckedConfig): void {
    if (config.linux?.namespaces?.some(({ type }) => type === "uts")) return;
    for (const key of ["hostname", "domainname"] as const) {
      if (config[key] !== undefined && config[key] !== "") this.report(key, "needs the namespace 'uts'");
    }
  }

  private environment(path: string, entries: readonly string[] | undefined): void {
    entries?.forEach((entry, index) => {
      this.noNul(`${path}[${index}]`, entry);
      if (!/^[^=]+=/.test(entry)) this.report(`${path}[${index}]`, `'${entry}' is not of the form NAME=value`);
    });
  }

  private absolute(path: string, value: string): void {
    this.noNul(path, value);
    if (!value.startsWith("/")) this.report(path, `must be an absolute path, but is '${value}'`);
  }

  private noNul(path: string, value: string): void {
    if (value.includes("\0")) this.report(path, "must not contain a NUL character");
  }

  private unique(path: string, values: readonly string[], what: string): void {
    values.forEach((value, index) => {
      const first = values.indexOf(value);
      if (first < index) this.report(`${path}[${index}]`, `${what} '${value}' is there already, at [${first}]`);
    });
  }

  private report(path: string, message: string): void {
    this.problems.push({ path, message });
  }
}
