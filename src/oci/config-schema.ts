// A JSON schema (draft-04) of `config.json` for Linux, written from the text of the OCI runtime specification up to
// version 1.2.1. Unlike the schema that the specification comes with, it knows every key and refuses all others.

export type JsonSchema = { readonly [keyword: string]: unknown };

const text: JsonSchema = { type: "string" };
const flag: JsonSchema = { type: "boolean" };
const texts = list(text);
const textMap = mapOf(text);

// The limits are the nearest numbers that JavaScript has.
const int32 = integer(-(2 ** 31), 2 ** 31 - 1);
const int64 = integer(-(2 ** 63), 2 ** 63);
const uint16 = integer(0, 2 ** 16 - 1);
const uint32 = integer(0, 2 ** 32 - 1);
const uint64 = integer(0, 2 ** 64);

function integer(minimum: number, maximum: number): JsonSchema {
  return { type: "integer", minimum, maximum };
}

function list(items: JsonSchema, minItems = 0): JsonSchema {
  return { type: "array", items, minItems };
}

function mapOf(additionalProperties: JsonSchema): JsonSchema {
  return { type: "object", additionalProperties };
}

function oneOf(...names: readonly string[]): JsonSchema {
  return { type: "string", enum: names };
}

function prefixed(prefix: string, names: string): JsonSchema {
  return oneOf(...names.split(" ").map((name) => prefix + name));
}

function matching(pattern: string): JsonSchema {
  return { type: "string", pattern };
}

/** An object with these keys and no others; a key that starts with `!` is required. */
function record(properties: Readonly<Record<string, JsonSchema>>, more: JsonSchema = {}): JsonSchema {
  const entries = Object.entries(properties);
  const required = entries.filter(([key]) => key.startsWith("!")).map(([key]) => key.slice(1));
  return {
    type: "object",
    properties: Object.fromEntries(entries.map(([key, schema]) => [key.replace(/^!/, ""), schema])),
    additionalProperties: false,
    // Draft-04 has no empty `required`.
    ...(required.length > 0 && { required }),
    ...more,
  };
}

const anyOfKeys = (...keys: readonly string[]): JsonSchema => ({ anyOf: keys.map((key) => ({ required: [key] })) });

const idMappings = list(record({ "!containerID": uint32, "!hostID": uint32, "!size": uint32 }));

const mounts = list(
  record({
    "!destination": text,
    type: text,
    source: text,
    options: texts,
    uidMappings: idMappings,
    gidMappings: idMappings,
  }),
);

const hooks = list(record({ "!path": text, args: texts, env: texts, timeout: integer(1, 2 ** 31 - 1) }));

const cpuList = matching("^[0-9, -]*$");

const process = record({
  terminal: flag,
  consoleSize: record({ "!height": uint64, "!width": uint64 }),
  "!cwd": text,
  env: texts,
  args: texts,
  commandLine: text,
  user: record({ uid: uint32, gid: uint32, umask: uint32, additionalGids: list(uint32), username: text }),
  rlimits: list(record({ "!type": matching("^RLIMIT_[A-Z]+$"), "!soft": uint64, "!hard": uint64 })),
  capabilities: record({ bounding: texts, effective: texts, inheritable: texts, permitted: texts, ambient: texts }),
  apparmorProfile: text,
  selinuxLabel: text,
  oomScoreAdj: integer(-1000, 1000),
  noNewPrivileges: flag,
  ioPriority: record({ "!class": prefixed("IOPRIO_CLASS_", "RT BE IDLE"), priority: int32 }),
  scheduler: record({
    "!policy": prefixed("SCHED_", "OTHER FIFO RR BATCH ISO IDLE DEADLINE"),
    nice: int32,
    priority: int32,
    flags: list(
      prefixed("SCHED_FLAG_", "RESET_ON_FORK RECLAIM DL_OVERRUN KEEP_POLICY KEEP_PARAMS UTIL_CLAMP_MIN UTIL_CLAMP_MAX"),
    ),
    runtime: uint64,
    deadline: uint64,
    period: uint64,
  }),
  execCPUAffinity: record({ initial: cpuList, final: cpuList }),
});

const weights = { weight: uint16, leafWeight: uint16 };
const rates = list(record({ "!major": int64, "!minor": int64, "!rate": uint64 }));

const resources = record({
  devices: list(
    record({
      "!allow": flag,
      type: oneOf("a", "c", "b"),
      major: int64,
      minor: int64,
      access: matching("^[rwm]*$"),
    }),
  ),
  memory: record({
    limit: int64,
    reservation: int64,
    swap: int64,
    kernel: int64,
    kernelTCP: int64,
    swappiness: uint64,
    disableOOMKiller: flag,
    useHierarchy: flag,
    checkBeforeUpdate: flag,
  }),
  cpu: record({
    shares: uint64,
    quota: int64,
    burst: uint64,
    period: uint64,
    realtimeRuntime: int64,
    realtimePeriod: uint64,
    cpus: text,
    mems: text,
    idle: int64,
  }),
  pids: record({ "!limit": int64 }),
  blockIO: record({
    ...weights,
    weightDevice: list(record({ "!major": int64, "!minor": int64, ...weights }, anyOfKeys("weight", "leafWeight"))),
    throttleReadBpsDevice: rates,
    throttleWriteBpsDevice: rates,
    throttleReadIOPSDevice: rates,
    throttleWriteIOPSDevice: rates,
  }),
  hugepageLimits: list(record({ "!pageSize": matching("^[1-9][0-9]*[KMG]B$"), "!limit": uint64 })),
  network: record({ classID: uint32, priorities: list(record({ "!name": text, "!priority": uint32 })) }),
  rdma: mapOf(record({ hcaHandles: uint32, hcaObjects: uint32 }, anyOfKeys("hcaHandles", "hcaObjects"))),
  unified: textMap,
});

const seccompAction = prefixed("SCMP_ACT_", "KILL KILL_PROCESS KILL_THREAD TRAP ERRNO TRACE ALLOW LOG NOTIFY");

const seccomp = record({
  "!defaultAction": seccompAction,
  defaultErrnoRet: uint32,
  architectures: list(
    prefixed(
      "SCMP_ARCH_",
      "X86 X86_64 X32 ARM AARCH64 MIPS MIPS64 MIPS64N32 MIPSEL MIPSEL64 MIPSEL64N32 PPC PPC64 PPC64LE S390 S390X " +
        "PARISC PARISC64 RISCV64 LOONGARCH64 M68K SH SHEB",
    ),
  ),
  flags: list(prefixed("SECCOMP_FILTER_FLAG_", "TSYNC LOG SPEC_ALLOW WAIT_KILLABLE_RECV")),
  listenerPath: text,
  listenerMetadata: text,
  syscalls: list(
    record({
      "!names": list(text, 1),
      "!action": seccompAction,
      errnoRet: uint32,
      args: list(
        record({
          "!index": uint32,
          "!value": uint64,
          valueTwo: uint64,
          "!op": prefixed("SCMP_CMP_", "NE LT LE EQ GE GT MASKED_EQ"),
        }),
      ),
    }),
  ),
});

const timeOffset = record({ secs: int64, nanosecs: uint32 });

const linux = record({
  namespaces: list(
    record({ "!type": oneOf("pid", "network", "ipc", "uts", "mount", "user", "cgroup", "time"), path: text }),
  ),
  uidMappings: idMappings,
  gidMappings: idMappings,
  timeOffsets: record({ monotonic: timeOffset, boottime: timeOffset }),
  devices: list(
    record({
      "!type": oneOf("c", "b", "u", "p"),
      "!path": text,
      major: int64,
      minor: int64,
      fileMode: integer(0, 0o7777),
      uid: uint32,
      gid: uint32,
    }),
  ),
  cgroupsPath: text,
  resources,
  intelRdt: record({
    closID: text,
    l3CacheSchema: matching("^[^\\n]*$"),
    memBwSchema: matching("^MB:[^\\n]*$"),
    enableCMT: flag,
    enableMBM: flag,
  }),
  sysctl: textMap,
  seccomp,
  rootfsPropagation: oneOf("shared", "slave", "private", "unbindable"),
  maskedPaths: texts,
  readonlyPaths: texts,
  mountLabel: text,
  personality: record({ "!domain": oneOf("LINUX", "LINUX32"), flags: texts }),
});

/** The schema of a whole `config.json` of a Linux container. */
export const configSchema: JsonSchema = {
  $schema: "http://json-schema.org/draft-04/schema#",
  ...record({
    "!ociVersion": text,
    root: record({ "!path": text, readonly: flag }),
    mounts,
    process,
    hostname: text,
    domainname: text,
    hooks: record({
      prestart: hooks,
      createRuntime: hooks,
      createContainer: hooks,
      startContainer: hooks,
      poststart: hooks,
      poststop: hooks,
    }),
    annotations: textMap,
    linux,
  }),
};
