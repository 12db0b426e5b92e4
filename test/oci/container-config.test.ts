// The configuration of a container: the default against what `runc spec` writes, and a user's mounts merged into it.
import { readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ConfigError } from "../../src/oci/config-error.ts";
import { buildRuntimeConfig } from "../../src/oci/container-config.ts";
import type { ContainerSpec, MountSpec } from "../../src/oci/container-spec.ts";
import { rootless } from "../../src/oci/rootless.ts";
import { defaultConfig, encodeConfig, type RuntimeConfig } from "../../src/oci/runtime-config.ts";
import { configProblems } from "../../src/oci/validate-config.ts";
import { bytesFromText } from "../../src/source/bytes.ts";

const runcSpec = (name: "root" | "rootless"): RuntimeConfig =>
  JSON.parse(readFileSync(new URL(`runc-spec/${name}.json`, import.meta.url), "utf8"));

function spec(mounts: Record<string, MountSpec> = {}, rest: Partial<ContainerSpec> = {}): ContainerSpec {
  return { args: ["/nix/store/x/bin/x"], mounts, readonly: false, os: "linux", arch: "x86_64", ...rest };
}

function problemsOf(mounts: Record<string, MountSpec>): string[] {
  try {
    buildRuntimeConfig(spec(mounts));
    return [];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.problems.map(({ path, message }) => `${path}: ${message}`);
  }
}

const bind = (source: string, ...options: string[]): MountSpec => ({ type: "none", source, options });
const destinations = (config: RuntimeConfig) => config.mounts.map(({ destination }) => destination);

describe("the default configuration", () => {
  const runc = runcSpec("root");

  it("is deeply frozen", () => {
    const frozen = (value: unknown): boolean =>
      typeof value !== "object" || value === null || (Object.isFrozen(value) && Object.values(value).every(frozen));
    expect(frozen(defaultConfig)).toBe(true);
  });

  it("has the mounts of `runc spec`, and /tmp", () => {
    expect(defaultConfig.mounts.slice(0, -1)).toEqual(runc.mounts);
    expect(defaultConfig.mounts.at(-1)).toMatchObject({ destination: "/tmp", type: "tmpfs" });
  });

  it("has the environment, limits, device rules and read-only paths of `runc spec`", () => {
    const { env, cwd, user, rlimits, noNewPrivileges, terminal } = runc.process;
    expect(defaultConfig.process).toMatchObject({ env, cwd, user, rlimits, noNewPrivileges, terminal });
    expect(defaultConfig.linux.resources).toEqual(runc.linux.resources);
    expect(defaultConfig.linux.readonlyPaths).toEqual(runc.linux.readonlyPaths);
    expect(defaultConfig.root.path).toBe(runc.root.path);
  });

  it("masks and isolates at least what `runc spec` does", () => {
    expect(defaultConfig.linux.maskedPaths).toEqual(expect.arrayContaining([...runc.linux.maskedPaths!]));
    expect(defaultConfig.linux.namespaces).toEqual([...runc.linux.namespaces!, { type: "cgroup" }]);
  });

  it("grants what chown and port 80 need, and nothing that the bounding set lacks", () => {
    const { bounding, effective, permitted, ambient } = defaultConfig.process.capabilities!;
    expect(bounding).toEqual(expect.arrayContaining(["CAP_CHOWN", "CAP_NET_BIND_SERVICE", "CAP_SETUID"]));
    expect(bounding).toEqual(expect.arrayContaining([...runc.process.capabilities!.bounding!]));
    expect([effective, permitted, ambient]).toEqual([bounding, bounding, undefined]);
  });
});

describe("buildRuntimeConfig", () => {
  it("keeps the order and number of keys of the default, without null and `platform`", () => {
    const config = buildRuntimeConfig(spec({ "/data": bind("/var/lib/mydata", "bind") }, { readonly: true }));
    expect(Object.keys(config)).toEqual(Object.keys(defaultConfig));
    expect(JSON.stringify(config)).not.toContain("null");
    expect(config.root).toEqual({ path: "rootfs", readonly: true });
    expect(config.process.args).toEqual(["/nix/store/x/bin/x"]);
    expect(configProblems(config)).toEqual([]);
  });

  it("leaves the default alone", () => {
    const before = JSON.stringify(defaultConfig);
    buildRuntimeConfig(spec({ "/dev": { type: "tmpfs", source: "x" } }, { args: ["/a", "b"], readonly: true }));
    expect(JSON.stringify(defaultConfig)).toBe(before);
  });

  it("writes texts as UTF-8 and refuses bytes that are not", () => {
    const config = buildRuntimeConfig(
      spec({ [bytesFromText("/dä")]: bind(bytesFromText("/ü"), "bind") }, { args: [bytesFromText("/ß")] }),
    );
    expect(config.process.args).toEqual(["/ß"]);
    expect(destinations(config)).toContain("/dä");
    expect(Buffer.from(encodeConfig(config)).toString("utf8")).toContain('"source": "/ü"');
    expect(() => buildRuntimeConfig(spec({}, { args: ["/\xff"] }))).toThrow("args[0]: is not valid UTF-8");
  });

  it("gives the same bytes whatever the order of the mounts", () => {
    const names = fc.uniqueArray(fc.stringMatching(/^(\/(data|srv|[a-c])){1,3}$/), { maxLength: 6 });
    fc.assert(
      fc.property(names, fc.gen(), (paths, random) => {
        const shuffled = random(() => fc.shuffledSubarray([...paths], { minLength: paths.length }));
        const bytes = (order: readonly string[]) =>
          encodeConfig(buildRuntimeConfig(spec(Object.fromEntries(order.map((path) => [path, bind("/h", "bind")])))));
        expect(Buffer.from(bytes(shuffled)).equals(bytes(paths))).toBe(true);
      }),
    );
  });
});

describe("mounts", () => {
  const after = (mounts: Record<string, MountSpec>) => {
    const known = new Set(destinations(defaultConfig));
    return buildRuntimeConfig(spec(mounts)).mounts.filter(({ destination }) => !known.has(destination));
  };

  it.each<[string, MountSpec, readonly string[] | undefined]>([
    ["none without options", { type: "none", source: "/a" }, ["bind"]],
    ["none with others", { type: "none", source: "/a", options: ["ro"] }, ["bind", "ro"]],
    ["bind", { type: "bind", source: "/a", options: ["ro", "nodev"] }, ["bind", "ro", "nodev"]],
    ["bind in the options", { type: "none", source: "/a", options: ["ro", "bind"] }, ["ro", "bind"]],
    ["rbind in the options", { type: "bind", source: "/a", options: ["rbind"] }, ["rbind"]],
    ["type rbind", { type: "rbind", source: "/a" }, ["rbind"]],
    ["a file system", { type: "tmpfs", source: "tmpfs" }, undefined],
    ["a file system with options", { type: "tmpfs", source: "tmpfs", options: ["size=1m"] }, ["size=1m"]],
  ])("makes a bind mount of %s where it is one", (_, mount, options) => {
    const [made] = after({ "/data": mount });
    expect(made).toEqual({
      destination: "/data",
      type: mount.type,
      source: mount.source,
      ...(options !== undefined && { options }),
    });
  });

  it("come parents first, whoever made them", () => {
    const config = buildRuntimeConfig(
      spec({
        "/a/b/c": bind("/1", "bind"),
        "/sys/fs": bind("/2", "bind"),
        "/a/b": bind("/3", "bind"),
        "/dev/shm/x": bind("/4", "bind"),
        "/a": bind("/5", "bind"),
      }),
    );
    const paths = destinations(config);
    for (const [index, path] of paths.entries()) {
      for (const later of paths.slice(index))
        expect(path.startsWith(`${later}/`), `${path} before ${later}`).toBe(false);
    }
    expect(paths).toHaveLength(defaultConfig.mounts.length + 5);
  });

  it("replace the default ones at the same place", () => {
    const config = buildRuntimeConfig(
      spec({
        "/dev/shm/": { type: "tmpfs", source: "shm", options: ["size=1g"] },
        "/proc": { type: "proc", source: "proc", options: ["hidepid=2"] },
        "//tmp": bind("/var/tmp", "rbind"),
      }),
    );
    expect(destinations(config).toSorted()).toEqual(destinations(defaultConfig).toSorted());
    expect(config.mounts).toContainEqual({
      destination: "/dev/shm",
      type: "tmpfs",
      source: "shm",
      options: ["size=1g"],
    });
    expect(config.mounts).toContainEqual({
      destination: "/proc",
      type: "proc",
      source: "proc",
      options: ["hidepid=2"],
    });
  });

  it.each<[Record<string, MountSpec>, RegExp]>([
    [{ data: bind("/a", "bind") }, /^mounts\."data": the destination must be an absolute path/],
    [{ "/a/../b": bind("/a", "bind") }, /without '\.' and '\.\.'/],
    [{ "/nix/store": bind("/a", "bind") }, /would hide \/nix\/store/],
    [{ "/nix/": bind("/a", "bind") }, /would hide \/nix\/store/],
    [{ "/": bind("/a", "bind") }, /would hide \/nix\/store/],
    [{ "/proc": bind("/proc", "rbind") }, /only a mount of type proc/],
    [{ "/proc/sys": bind("/a", "bind") }, /refuse mounts below \/proc/],
    [{ "/data": bind("data", "bind") }, /absolute path .* not 'data'/],
    [{ "/data": { type: "none", source: "tmpfs" } }, /absolute path .* not 'tmpfs'/],
    [
      { "/data": bind("/a", "bind"), "/data/": bind("/b", "bind") },
      /^mounts\."\/data\/": is the same place as '\/data'/,
    ],
  ])("refuses %j", (mounts, message) => {
    expect(problemsOf(mounts)).toEqual([expect.stringMatching(message)]);
  });

  it("allows places next to /nix/store and to the closure", () => {
    expect(problemsOf({ "/nix/var": bind("/a"), "/procedures": bind("/a"), "/nix/store/other": bind("/a") })).toEqual(
      [],
    );
  });

  it("reports everything at once", () => {
    expect(problemsOf({ "/nix": bind("/a"), "/proc/x": bind("/a"), "/b": bind("b") })).toHaveLength(3);
  });
});

describe("rootless", () => {
  it("does to the configuration of `runc spec` what `runc spec --rootless` does", () => {
    const ours = rootless(runcSpec("root"), { uid: 0, gid: 0 });
    const runcs = runcSpec("rootless");
    const sorted = ({ mounts, ...rest }: RuntimeConfig) => ({
      ...rest,
      mounts: mounts.map((mount) => ({ ...mount, options: mount.options?.toSorted() })),
    });
    expect(sorted(ours)).toEqual(sorted(runcs));
  });

  it("maps the user and takes folders with what is mounted below them", () => {
    const config = rootless(buildRuntimeConfig(spec({ "/data": bind("/a", "bind", "ro") })), { uid: 1000, gid: 100 });
    expect(config.linux.uidMappings).toEqual([{ containerID: 0, hostID: 1000, size: 1 }]);
    expect(config.linux.gidMappings).toEqual([{ containerID: 0, hostID: 100, size: 1 }]);
    expect(config.mounts.find(({ destination }) => destination === "/data")?.options).toEqual(["rbind", "ro"]);
    expect(configProblems(config)).toEqual([]);
  });
});
