// What a container expression asks for: the arguments of `buildContainer`, as nixpkgs has them. It comes from outside
// as parsed JSON and is checked here; all texts are byte strings.
import { ConfigError, type ConfigProblem } from "./config-error.ts";

export interface ContainerSpec {
  /** The program and its arguments. */
  readonly args: readonly string[];
  /** By destination, an absolute path in the container. */
  readonly mounts: Readonly<Record<string, MountSpec>>;
  /** Whether the root file system is read-only. */
  readonly readonly: boolean;
  readonly os: string;
  /** Accepted in Nix's spelling and in Go's. The runtime configuration has no place for it. */
  readonly arch: string;
}

export interface MountSpec {
  readonly type: string;
  readonly source: string;
  readonly options?: readonly string[];
}

/** Nix's names and Go's for the processors that Linux and container images know. */
const architectures: ReadonlySet<string> = new Set([
  ...["x86_64", "amd64", "i686", "i386", "386", "aarch64", "arm64", "armv5tel", "armv6l", "armv7l", "armv7a", "arm"],
  ...["riscv32", "riscv64", "powerpc64", "powerpc64le", "ppc64", "ppc64le", "s390x", "loongarch64", "loong64"],
  ...["mips", "mipsel", "mipsle", "mips64", "mips64el", "mips64le"],
]);

/**
 * Checks a container specification that comes from outside. `mounts`, `readonly`, `os` and `arch` may be missing;
 * `options = null` of a mount means none. Throws ConfigError `invalid-container` with every problem found.
 */
export function readContainerSpec(value: unknown): ContainerSpec {
  const problems: ConfigProblem[] = [];
  const spec = new SpecReader(problems).read(value);
  if (problems.length > 0) throw new ConfigError("invalid-container", problems);
  return spec;
}

const specKeys = ["args", "mounts", "readonly", "os", "arch"];
const mountKeys = ["type", "source", "options"];

class SpecReader {
  private readonly problems: ConfigProblem[];

  constructor(problems: ConfigProblem[]) {
    this.problems = problems;
  }

  read(value: unknown): ContainerSpec {
    const spec = this.record(value, "", specKeys);
    const args = this.texts(spec["args"], "args");
    if (Array.isArray(spec["args"]) && args.length === 0)
      this.report("args", "must name the program to run, but is empty");
    if (args[0] === "" && Array.isArray(spec["args"]) && spec["args"][0] === "") {
      this.report("args[0]", "must be the path of a program, but is empty");
    }
    const os = spec["os"] === undefined ? "linux" : this.text(spec["os"], "os");
    if (typeof spec["os"] === "string" && os !== "linux") {
      this.report("os", `must be "linux": OCI bundles for '${os}' cannot be built`);
    }
    const arch = spec["arch"] === undefined ? "x86_64" : this.text(spec["arch"], "arch");
    if (typeof spec["arch"] === "string" && !architectures.has(arch)) {
      this.report("arch", `'${arch}' is not a known processor architecture`);
    }
    return { args, mounts: this.mounts(spec["mounts"]), readonly: this.flag(spec["readonly"], "readonly"), os, arch };
  }

  private mounts(value: unknown): Record<string, MountSpec> {
    if (value === undefined) return {};
    const mounts = Object.entries(this.record(value, "mounts"));
    return Object.fromEntries(
      mounts.map(([destination, mount]) => [destination, this.mount(mount, mountPath(destination))]),
    );
  }

  private mount(value: unknown, path: string): MountSpec {
    if (!isPlainRecord(value)) {
      this.expected(path, "a set", value);
      return { type: "", source: "" };
    }
    const { type, source, options } = this.record(value, path, mountKeys);
    return {
      type: this.text(type, `${path}.type`),
      source: this.text(source, `${path}.source`),
      ...(options !== undefined && options !== null && { options: this.texts(options, `${path}.options`) }),
    };
  }

  private record(value: unknown, path: string, keys?: readonly string[]): Readonly<Record<string, unknown>> {
    if (!isPlainRecord(value)) {
      this.expected(path, "a set", value);
      return {};
    }
    for (const key of keys === undefined ? [] : Object.keys(value)) {
      if (!keys?.includes(key)) {
        this.report(path, `unknown argument '${key}'; known are ${keys?.map((known) => `'${known}'`).join(", ")}`);
      }
    }
    return value;
  }

  private texts(value: unknown, path: string): string[] {
    if (!Array.isArray(value)) {
      this.expected(path, "a list of strings", value);
      return [];
    }
    return value.map((item, index) => this.text(item, `${path}[${index}]`));
  }

  private text(value: unknown, path: string): string {
    if (typeof value !== "string") {
      this.expected(path, "a string", value);
      return "";
    }
    if (value.includes("\0")) this.report(path, "must not contain a NUL byte");
    return value;
  }

  private flag(value: unknown, path: string): boolean {
    if (value !== undefined && typeof value !== "boolean") this.expected(path, "a Boolean", value);
    return value === true;
  }

  private expected(path: string, what: string, value: unknown): void {
    this.report(
      path,
      value === undefined ? `is missing; it must be ${what}` : `must be ${what}, but is ${kindOf(value)}`,
    );
  }

  private report(path: string, message: string): void {
    this.problems.push({ path, message });
  }
}

/** How a problem names a user's mount. */
export function mountPath(destination: string): string {
  return `mounts."${destination}"`;
}

function isPlainRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "a list";
  switch (typeof value) {
    case "string":
      return "a string";
    case "boolean":
      return "a Boolean";
    case "object":
      return "a set";
    default:
      return "a number";
  }
}
