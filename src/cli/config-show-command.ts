// `ocinix config show`: the settings as they are after nix.conf, variables and command line.
import { quoteJson } from "../evaluator/json.ts";
import { NixError } from "../source/nix-error.ts";
import type { ParsedArguments } from "./arguments.ts";
import { exitStatus } from "./exit-status.ts";
import { indentJson } from "./json-indent.ts";
import type { NixConfig } from "./nix-config.ts";
import { nixSettings } from "./nix-settings.ts";
import { isPretty } from "./pretty.ts";
import type { Session } from "./session.ts";
import { type SettingValue, showSetting } from "./setting-kinds.ts";
import { UsageError } from "./usage-error.ts";

export function configShowCommand(parsed: ParsedArguments, session: Session): number {
  const config = session.config!;
  const [name] = parsed.operands;
  if (parsed.has("json")) {
    if (name !== undefined) throw new UsageError("'--json' is not supported when specifying a setting name");
    const json = configJson(config);
    session.print(`${isPretty(parsed) ? indentJson(json) : json}\n`);
  } else if (name === undefined) {
    session.print(
      `${enabledSettings(config)
        .map((one) => `${one} = ${config.text(one)}\n`)
        .join("")}\n`,
    );
  } else {
    if (!enabledSettings(config).includes(name)) throw new NixError("eval", `could not find setting '${name}'`);
    session.print(`${config.text(name)}\n`);
  }
  return exitStatus.success;
}

/** In byte order; without those whose experimental feature is off. */
function enabledSettings(config: NixConfig): string[] {
  const names = Object.entries(nixSettings).filter(
    ([, { feature }]) => feature === undefined || config.isEnabled(feature),
  );
  return names.map(([name]) => name).sort();
}

/** All settings; as in Nix, also those whose feature is off. */
function configJson(config: NixConfig): string {
  const members = Object.keys(nixSettings)
    .sort()
    .map((name) => {
      const { aliases = [], feature, kind, default: text } = nixSettings[name]!;
      const fields = [
        `"aliases":[${[...aliases].sort().map(quoteJson).join()}]`,
        `"defaultValue":${settingJson(kind.parse(text, name))}`,
        `"experimentalFeature":${feature === undefined ? "null" : quoteJson(feature)}`,
        `"value":${settingJson(config.value(name))}`,
      ];
      return `${quoteJson(name)}:{${fields.join()}}`;
    });
  return `{${members.join()}}`;
}

function settingJson(value: SettingValue): string {
  if (typeof value === "string") return quoteJson(value);
  if (value instanceof Map) {
    return `{${[...value].map(([key, text]) => `${quoteJson(key)}:${quoteJson(text)}`).join()}}`;
  }
  return Array.isArray(value) ? `[${value.map(quoteJson).join()}]` : showSetting(value);
}
