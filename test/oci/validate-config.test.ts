// The schema of config.json, and the rules beyond it, one by one. `runc spec` and `crun spec` give valid examples.
import { readFileSync } from "node:fs";
import ajvDraft04 from "ajv-draft-04";
import { produce } from "immer";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../src/oci/config-error.ts";
import { configSchema } from "../../src/oci/config-schema.ts";
import { configProblems, validateConfig } from "../../src/oci/validate-config.ts";

// biome-ignore lint/suspicious/noExplicitAny: a configuration that is to be broken in every possible way
type Loose = any;

const valid: Loose = JSON.parse(readFileSync(new URL("runc-spec/root.json", import.meta.url), "utf8"));

function problemsOf(change: (config: Loose) => void): string[] {
  return configProblems(produce(valid, change)).map(({ path, message }) => `${path}: ${message}`);
}

describe("the schema", () => {
  it("is a valid draft-04 schema", () => {
    const ajv = new ajvDraft04.default();
    expect(ajv.validateSchema(configSchema), JSON.stringify(ajv.errors)).toBe(true);
  });

  it.each(["root", "rootless"])("accepts what `runc spec` writes for %s", (name) => {
    const text = readFileSync(new URL(`runc-spec/${name}.json`, import.meta.url), "utf8");
    expect(configProblems(JSON.parse(text))).toEqual([]);
  });

  it.each<[string, (config: Loose) => void]>([
    [": unknown key 'platform'", (c) => (c.platform = { os: "linux" })],
    [": 'ociVersion' is missing", (c) => delete c.ociVersion],
    ["mounts[0].options: must be a list", (c) => (c.mounts[0].options = null)],
    ["mounts[1]: 'destination' is missing", (c) => delete c.mounts[1].destination],
    ["mounts[1]: unknown key 'dest'", (c) => (c.mounts[1].dest = "/")],
    ["process: 'cwd' is missing", (c) => delete c.process.cwd],
    ["process.user.uid: must be an integer", (c) => (c.process.user.uid = "0")],
    ["process.user.uid: must be >= 0", (c) => (c.process.user.uid = -1)],
    ["process.terminal: must be a boolean", (c) => (c.process.terminal = "yes")],
    ["process.rlimits[0].type: must match ^RLIMIT_[A-Z]+$", (c) => (c.process.rlimits[0].type = "nofile")],
    ["root: unknown key 'readOnly'", (c) => (c.root.readOnly = true)],
    [
      "linux.namespaces[0].type: must be one of pid, network, ipc, uts, mount, user, cgroup, time",
      (c) => (c.linux.namespaces[0].type = "net"),
    ],
    [
      "linux.rootfsPropagation: must be one of shared, slave, private, unbindable",
      (c) => (c.linux.rootfsPropagation = "no"),
    ],
    ["linux.resources.devices[0]: 'allow' is missing", (c) => delete c.linux.resources.devices[0].allow],
    ["linux.resources.devices[0].access: must match ^[rwm]*$", (c) => (c.linux.resources.devices[0].access = "rx")],
    [
      "linux.resources.blockIO.weightDevice[0]: needs 'weight' or 'leafWeight'",
      (c) => (c.linux.resources.blockIO = { weightDevice: [{ major: 8, minor: 0 }] }),
    ],
    [
      "linux.resources.rdma.\"mlx5-1\": needs 'hcaHandles' or 'hcaObjects'",
      (c) => (c.linux.resources.rdma = { "mlx5-1": {} }),
    ],
    ["linux.seccomp: 'defaultAction' is missing", (c) => (c.linux.seccomp = {})],
    [
      "linux.seccomp.syscalls[0].names: must not be empty",
      (c) => (c.linux.seccomp = { defaultAction: "SCMP_ACT_LOG", syscalls: [{ names: [], action: "SCMP_ACT_ERRNO" }] }),
    ],
    ["annotations.a: must be a string", (c) => (c.annotations = { a: 1 })],
    ["hooks: unknown key 'start'", (c) => (c.hooks = { start: [] })],
  ])("finds: %s", (problem, change) => {
    expect(problemsOf((config) => void change(config))).toEqual([problem]);
  });
});

describe("the rules beyond the schema", () => {
  it.each<[string, (config: Loose) => void]>([
    ["ociVersion: '1.0' is not a semantic version", (c) => (c.ociVersion = "1.0")],
    [": 'process' is missing", (c) => delete c.process],
    [": 'root' is missing", (c) => delete c.root],
    ["root.path: must not be empty", (c) => (c.root.path = "")],
    ["process.args: must name the program to run", (c) => (c.process.args = [])],
    ["process.args: must name the program to run", (c) => delete c.process.args],
    ["process.args[0]: must be the path of a program, but is empty", (c) => (c.process.args = [""])],
    ["process.args[1]: must not contain a NUL character", (c) => (c.process.args = ["/x", "\0"])],
    ["process.cwd: must be an absolute path, but is 'home'", (c) => (c.process.cwd = "home")],
    ["process.env[0]: 'PATH' is not of the form NAME=value", (c) => (c.process.env = ["PATH"])],
    ["process.env[1]: '=x' is not of the form NAME=value", (c) => (c.process.env = ["A=", "=x"])],
    [
      "process.capabilities.ambient[0]: 'CAP_ROOT' is not a capability of Linux",
      (c) => (c.process.capabilities.ambient = ["CAP_ROOT"]),
    ],
    [
      "process.rlimits[0].type: 'RLIMIT_FILES' is not a limit of Linux",
      (c) => (c.process.rlimits[0].type = "RLIMIT_FILES"),
    ],
    ["process.rlimits[0].soft: must not be above the hard limit of 1024", (c) => (c.process.rlimits[0].soft = 2000)],
    [
      "process.rlimits[1]: the limit 'RLIMIT_NOFILE' is there already, at [0]",
      (c) => c.process.rlimits.push(c.process.rlimits[0]),
    ],
    ["mounts[0].destination: must be an absolute path, but is 'proc'", (c) => (c.mounts[0].destination = "proc")],
    ["mounts[0].source: must not contain a NUL character", (c) => (c.mounts[0].source = "a\0b")],
    ["hooks.prestart[0].path: must be an absolute path, but is 'x'", (c) => (c.hooks = { prestart: [{ path: "x" }] })],
    [
      "hooks.poststop[0].env[0]: 'A' is not of the form NAME=value",
      (c) => (c.hooks = { poststop: [{ path: "/x", env: ["A"] }] }),
    ],
    [
      "linux.namespaces[5]: the namespace 'pid' is there already, at [0]",
      (c) => c.linux.namespaces.push({ type: "pid" }),
    ],
    ["linux.namespaces[0].path: must be an absolute path, but is 'ns'", (c) => (c.linux.namespaces[0].path = "ns")],
    ["linux.maskedPaths[0]: must be an absolute path, but is 'x'", (c) => (c.linux.maskedPaths = ["x"])],
    ["linux.readonlyPaths[0]: must be an absolute path, but is 'x'", (c) => (c.linux.readonlyPaths = ["x"])],
    [
      "linux.devices[0].path: must be an absolute path, but is 'fuse'",
      (c) => (c.linux.devices = [{ type: "p", path: "fuse" }]),
    ],
    [
      "linux.devices[0]: a device of type c needs 'major' and 'minor'",
      (c) => (c.linux.devices = [{ type: "c", path: "/dev/x", major: 1 }]),
    ],
    [
      "linux.uidMappings: needs the namespace 'user'",
      (c) => (c.linux.uidMappings = [{ containerID: 0, hostID: 0, size: 1 }]),
    ],
    ["hostname: needs the namespace 'uts'", (c) => c.linux.namespaces.splice(3, 1)],
  ])("finds: %s", (problem, change) => {
    expect(problemsOf((config) => void change(config))).toEqual([problem]);
  });

  it("wants both mappings for a user namespace", () => {
    expect(problemsOf((config) => void config.linux.namespaces.push({ type: "user" }))).toEqual([
      "linux.uidMappings: must map an id into the new namespace 'user'",
      "linux.gidMappings: must map an id into the new namespace 'user'",
    ]);
  });
});

describe("validateConfig", () => {
  it("gives the configuration back", () => {
    expect(validateConfig(valid)).toBe(valid);
  });

  it.each([undefined, null, 1, "x", []])("refuses %j", (value) => {
    expect(() => validateConfig(value)).toThrow("the OCI configuration is not valid: must be an object");
  });

  it("throws one error with every problem, and with byte strings", () => {
    const broken = produce(valid, (config: Loose) => {
      config.process.cwd = "é";
      config.process.env = ["x"];
    });
    let caught: unknown;
    try {
      validateConfig(broken);
    } catch (error) {
      caught = error;
    }
    expect(caught).toBeInstanceOf(ConfigError);
    expect((caught as ConfigError).code).toBe("invalid-config");
    expect((caught as ConfigError).message).toBe(
      "the OCI configuration is not valid:\n" +
        "  process.cwd: must be an absolute path, but is '\xc3\xa9'\n" +
        "  process.env[0]: 'x' is not of the form NAME=value",
    );
  });
});
