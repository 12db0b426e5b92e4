// From a container's specification to its runtime configuration: nothing but the default with the specification
// merged in, so that two machines build the same bytes.
import { type Draft, produce } from "immer";
import { textFromBytes } from "../source/bytes.ts";
import { ConfigError, type ConfigProblem } from "./config-error.ts";
import { mergeMounts } from "./container-mounts.ts";
import type { ContainerSpec } from "./container-spec.ts";
import { defaultConfig, type Mount, type RuntimeConfig } from "./runtime-config.ts";

/**
 * The (deeply frozen) configuration of a container. Throws ConfigError `invalid-container` for mounts that cannot be,
 * and for texts that are not UTF-8, which JSON cannot hold.
 */
export function buildRuntimeConfig(spec: ContainerSpec): RuntimeConfig {
  const { mounts, problems } = mergeMounts(defaultConfig.mounts, spec.mounts);
  const all = [...encodingProblems(spec), ...problems];
  if (all.length > 0) throw new ConfigError("invalid-container", all);
  return produce(defaultConfig, (config) => {
    config.process.args = spec.args.map(textFromBytes);
    config.root.readonly = spec.readonly;
    config.mounts = mounts as Draft<Mount>[];
  });
}

function encodingProblems(spec: ContainerSpec): ConfigProblem[] {
  const texts: (readonly [path: string, text: string])[] = spec.args.map((arg, index) => [`args[${index}]`, arg]);
  for (const [destination, { type, source, options }] of Object.entries(spec.mounts)) {
    for (const text of [destination, type, source, ...(options ?? [])]) {
      texts.push([`mounts."${destination}"`, text]);
    }
  }
  return texts
    .filter(([, text]) => !isUtf8(text))
    .map(([path]) => ({ path, message: "is not valid UTF-8, which config.json cannot hold" }));
}

function isUtf8(bytes: string): boolean {
  return Buffer.from(textFromBytes(bytes), "utf8").toString("latin1") === bytes;
}
