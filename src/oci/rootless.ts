// What changes in a configuration when an ordinary user runs the container: the transformation of
// `runc spec --rootless`. The network is the host's, since only root can connect another one to anything.
import { type Draft, produce } from "immer";
import type { Mount, RuntimeConfig } from "./runtime-config.ts";

export interface UserIds {
  readonly uid: number;
  readonly gid: number;
}

/**
 * The configuration for a user who may map only one user and one group: these become root in the container. Other
 * users and groups do not exist there, so `chown` to them fails.
 */
export function rootless(config: RuntimeConfig, ids: UserIds): RuntimeConfig {
  return produce(config, (draft) => {
    const { linux } = draft;
    linux.uidMappings = [{ containerID: 0, hostID: ids.uid, size: 1 }];
    linux.gidMappings = [{ containerID: 0, hostID: ids.gid, size: 1 }];
    linux.namespaces = [
      ...(linux.namespaces ?? []).filter(({ type }) => type !== "network" && type !== "user"),
      { type: "user" },
    ];
    // Limits, device rules included, need a delegated control group.
    delete linux.resources;
    draft.mounts = draft.mounts.map(rootlessMount);
  });
}

function rootlessMount(mount: Draft<Mount>): Draft<Mount> {
  if (mount.type === "sysfs") {
    // The kernel lets only the owner of the network namespace mount a sysfs.
    return { ...mount, type: "none", source: "/sys", options: ["rbind", ...(mount.options ?? [])] };
  }
  if (mount.options === undefined) return mount;
  const options = mount.options
    // Groups like the 5 of devpts are not mapped.
    .filter((option) => !/^[ug]id=/.test(option))
    // What is mounted below a folder may hide secrets, so the kernel refuses to take the folder without it.
    .map((option) => (option === "bind" ? "rbind" : option));
  return { ...mount, options };
}
